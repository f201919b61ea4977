"""Every setting, its default, and every path.

A tenant's credentials are ``CW_*``; all else is ``CWP_<SECTION>__<NAME>``. Values
come from the environment, then from ``.env`` in the project folder. Nothing is read
at import: call ``load_settings()``. ``docs/reference/settings.md`` is generated from
the descriptions here.
"""

from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from pipelines.errors import SettingsError

PROJECT_DIR = Path(__file__).resolve().parent.parent

Minutes = Annotated[int, Field(ge=0)]
Days = Annotated[int, Field(ge=0)]


def _regular(minutes: int) -> int:
    """Refuse a rhythm that a clock's day or hour does not hold evenly."""
    even = 60 % minutes == 0 if minutes < 60 else minutes % 60 == 0
    if not (even and 1440 % minutes == 0):
        raise ValueError(
            f"{minutes} minutes do not divide the hour or the day evenly; "
            "take 5, 10, 15, 30, 60, 120, 240 or the like"
        )
    return minutes


Rhythm = Annotated[int, Field(ge=1, le=1440), AfterValidator(_regular)]
# dbt and Dagster run elsewhere: a relative path would mean another folder there.
Folder = Annotated[Path, AfterValidator(lambda path: path.expanduser().absolute())]


class TenantSettings(BaseSettings):
    """Credentials of one ConnectWise PSA tenant (``CW_*``)."""

    model_config = SettingsConfigDict(env_prefix="CW_", extra="ignore")

    company_id: str | None = Field(None, description="Login company id.")
    public_key: SecretStr | None = Field(None, description="API member's public key.")
    private_key: SecretStr | None = Field(None, description="Its private key.")
    client_id: SecretStr | None = Field(
        None, description="clientId (a GUID) from developer.connectwise.com."
    )
    base_url: str | None = Field(
        None,
        description=(
            "UI host, API host or a full …/apis/3.0 address, for example "
            "https://na.myconnectwise.net."
        ),
    )

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the environment variables that are not set."""
        return tuple(
            f"CW_{name.upper()}"
            for name in type(self).model_fields
            if not getattr(self, name)
        )


class SyncSettings(BaseModel):
    """How ConnectWise is read (``CWP_SYNC__*``)."""

    rate_limit_per_minute: int = Field(
        600, ge=1, le=1000, description="Requests a minute towards a real host."
    )
    page_size: int = Field(1000, ge=1, le=1000, description="Rows asked for a page.")
    timeout_seconds: float = Field(60.0, gt=0, description="Limit of one request.")
    tries: int = Field(
        8, ge=1, description="Most tries of one request, with growing waits between."
    )
    overlap_minutes: Minutes = Field(
        10, description="How far each window reaches back over the last one."
    )
    hot_minutes: Rhythm = Field(
        5, description="Tickets, time and schedule entries are read so often."
    )
    warm_minutes: Rhythm = Field(
        30, description="What changes a few times a day is read so often."
    )
    reference_minutes: Rhythm = Field(
        240, description="Set-up tables are read so often."
    )
    nightly_at: str = Field(
        "02:15",
        pattern=r"^([01]\d|2[0-3]):[0-5]\d$",
        description="When everything is read, whether it is due or not (HH:MM).",
    )
    children_since_days: Days = Field(
        30,
        description=(
            "Notes are read at once for tickets changed in the last N days; for others "
            "by the nightly sweep, in parts."
        ),
    )
    children_sweep_hours: int = Field(
        168,
        ge=1,
        description=(
            "Children of a parent that has not changed are read again after so many "
            "hours."
        ),
    )
    child_call_budget: int = Field(
        2000,
        ge=0,
        description=(
            "Most per-ticket calls of one run for one entity, newest first; most lists "
            "that a part of the sweep asks for."
        ),
    )
    concurrency: int = Field(
        4,
        ge=1,
        le=16,
        description="Most requests at one time; fewer where the server is slow.",
    )
    first_days: int = Field(
        90,
        ge=1,
        description=(
            "A large first load reads and publishes what changed in the last N days, "
            "then goes on with what is older."
        ),
    )
    history_days: int | None = Field(
        None,
        ge=1,
        description="How far back history is read, by date of entry; all by default.",
    )
    single_stage_records: int = Field(
        100_000,
        ge=0,
        description="A first load of no more records is read and published at once.",
    )
    landing_retention_days: Days = Field(
        30, description="Raw pages are kept this long."
    )
    delete_guard_pct: float = Field(
        5.0,
        ge=0,
        le=100,
        description=(
            "A sweep that misses more of an entity fails, and nothing is deleted; "
            "100 switches the guard off."
        ),
    )
    delete_guard_rows: int = Field(
        5, ge=0, description="Rows that a sweep may miss however few there are."
    )
    sweep_child_calls: int = Field(
        500,
        ge=0,
        description="Lists under more parents than this are swept in parts.",
    )
    sweep_nights: int = Field(
        30,
        ge=1,
        description="Nights in which a sweep in parts comes to every list.",
    )


class ReportingSettings(BaseModel):
    """How figures are cut (``CWP_REPORTING__*``)."""

    time_zone: str | None = Field(
        None,
        description=(
            "IANA zone of reporting days; by default the tenant's server time zone."
        ),
    )
    metrics_file: Folder = Field(
        PROJECT_DIR / "metrics.yml",
        description="Metrics of your own, in YAML; the file need not exist.",
    )
    locale: str = Field(
        "en", description="How reports write numbers and dates (a CLDR locale)."
    )


class WarehouseSettings(BaseModel):
    """Where data lie (``CWP_WAREHOUSE__*``)."""

    dir: Folder = Field(
        PROJECT_DIR / "warehouse", description="Folder of build, landing, published."
    )
    keep_published: int = Field(
        3, ge=1, description="Published versions kept for readers that are still open."
    )
    memory_limit: str = Field("2GB", description="DuckDB's memory limit in dbt.")

    @property
    def build_dir(self) -> Path:
        """What dlt and dbt write."""
        return self.dir / "build"

    @property
    def build_file(self) -> Path:
        """The DuckDB file that only dlt and dbt open."""
        return self.build_dir / "connectwise.duckdb"

    @property
    def dbt_target_dir(self) -> Path:
        """Target folder of dbt: manifest, run results, semantic manifest."""
        return self.build_dir / "dbt"

    @property
    def app_database_file(self) -> Path:
        """State of the API and of callbacks, where no other database is named."""
        return self.dir / "app" / "app.sqlite"

    @property
    def semantic_manifest_file(self) -> Path:
        """What dbt writes about semantic models and metrics."""
        return self.dbt_target_dir / "semantic_manifest.json"

    @property
    def landing_dir(self) -> Path:
        """Raw pages as received, compressed."""
        return self.dir / "landing"

    @property
    def backups_dir(self) -> Path:
        """Where backups go unless another folder is named."""
        return self.dir / "backups"

    @property
    def published_dir(self) -> Path:
        """Read-only copies for everyone else."""
        return self.dir / "published"

    @property
    def published_file(self) -> Path:
        """The newest published copy (a link that is swapped)."""
        return self.published_dir / "current.duckdb"

    @property
    def reports_dir(self) -> Path:
        """Files made by report assets."""
        return self.dir / "published" / "reports"

    @property
    def data_docs_dir(self) -> Path:
        """Great Expectations' Data Docs of the last run."""
        return self.build_dir / "data_docs"


class SandboxSettings(BaseModel):
    """The built-in ConnectWise sandbox (``CWP_SANDBOX__*``)."""

    profile: Literal["tiny", "small", "medium", "large"] = Field(
        "small", description="Size of the simulated MSP."
    )
    seed: int = Field(7, description="Seed of the simulated MSP.")
    now: datetime = Field(
        datetime.fromisoformat("2026-03-31T21:00:00+00:00"),
        description="Instant at which the sandbox's clock starts.",
    )
    cache_dir: Folder = Field(
        PROJECT_DIR / ".cache" / "sandbox", description="Generated worlds."
    )
    children_since_days: Days = Field(
        3, description="sync.children_since_days towards the sandbox."
    )
    active: bool = Field(
        default=False,
        description="CW_* are the sandbox's; `cwp` sets it when it starts one.",
    )


class AppDatabaseSettings(BaseModel):
    """Where the application's own state is kept (``CWP_APPDB__*``)."""

    url: SecretStr | None = Field(
        None,
        description=(
            "SQLAlchemy address, such as postgresql://user:password@host/name; by "
            "default a SQLite file in the warehouse's folder."
        ),
    )


class CallbackSettings(BaseModel):
    """ConnectWise callbacks, received and read again (``CWP_CALLBACKS__*``)."""

    max_body_bytes: int = Field(
        1_048_576, ge=1, description="A larger message is refused."
    )
    key_wait_seconds: float = Field(
        0.4,
        gt=0,
        le=0.4,
        description="How long a message waits for its signing key; every answer is "
        "given within a second.",
    )
    interval_seconds: int = Field(
        60, ge=1, description="How often Dagster looks for new hints."
    )
    hints_per_run: int = Field(
        10_000, ge=1, description="Most hints that one run reads again."
    )
    delete_checks_per_run: int = Field(
        50, ge=0, description="Most records of one run that are asked for by id."
    )
    retention_days: Days = Field(30, description="Hints are kept this long.")


class DagsterSettings(BaseModel):
    """Where Dagster keeps its history (``CWP_DAGSTER__*``)."""

    home: Folder = Field(
        PROJECT_DIR / "dagster_home",
        description="Folder of Dagster's instance: runs, events, schedules.",
    )


class LogSettings(BaseModel):
    """Logs (``CWP_LOG__*``)."""

    level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="Least severe level that is written."
    )
    format: Literal["auto", "console", "json"] = Field(
        "auto", description="auto: console in a terminal, JSON elsewhere."
    )


class Settings(BaseSettings):
    """All settings of one warehouse, which is one tenant."""

    model_config = SettingsConfigDict(
        env_prefix="CWP_", env_nested_delimiter="__", extra="ignore"
    )

    tenant: TenantSettings = Field(default_factory=TenantSettings)
    sync: SyncSettings = Field(default_factory=SyncSettings)
    reporting: ReportingSettings = Field(default_factory=ReportingSettings)
    warehouse: WarehouseSettings = Field(default_factory=WarehouseSettings)
    sandbox: SandboxSettings = Field(default_factory=SandboxSettings)
    appdb: AppDatabaseSettings = Field(default_factory=AppDatabaseSettings)
    callbacks: CallbackSettings = Field(default_factory=CallbackSettings)
    dagster: DagsterSettings = Field(default_factory=DagsterSettings)
    log: LogSettings = Field(default_factory=LogSettings)

    @cached_property
    def dbt_project_dir(self) -> Path:
        """Models, seeds, macros and tests."""
        return PROJECT_DIR / "dbt_project"

    @property
    def uses_sandbox(self) -> bool:
        """No credential at all is set, so the built-in sandbox is meant."""
        tenant = self.tenant
        return not (tenant.company_id or tenant.public_key or tenant.private_key)


def load_settings(*, env_file: Path | None = PROJECT_DIR / ".env") -> Settings:
    """Read the environment, then ``env_file``.

    Raises:
        SettingsError: a value is malformed, and the text names the variable; or the
            file is not text.
    """
    try:
        return Settings(
            _env_file=env_file,
            tenant=TenantSettings(_env_file=env_file),
        )
    except ValidationError as error:
        raise SettingsError(_explain(error)) from None
    except UnicodeDecodeError:
        raise SettingsError(
            f"{env_file} is not UTF-8 text; move it away and run `cwp setup-env`."
        ) from None


def _explain(error: ValidationError) -> str:
    first = error.errors(include_input=False, include_url=False)[0]
    name = "__".join(str(part).upper() for part in first["loc"])
    return f"Setting CWP_{name} is not usable: {first['msg']}."
