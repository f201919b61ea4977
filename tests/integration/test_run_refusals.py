"""What goes wrong is told in one sentence, and nothing that was there is lost."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from pipelines.connectwise import (
    AuthenticationError,
    ClientIdError,
    CompanyNotFoundError,
    HostUnreachableError,
)
from pipelines.errors import PipelinesError, SettingsError, WarehouseBusyError
from pipelines.observability.progress import SilentProgress
from pipelines.orchestration.run import run_once
from pipelines.sandbox.options import Fault, SandboxOptions
from pipelines.settings import Settings
from tests.support.warehouses import dump, settings_in, tenant_of

WRONG = "wr0ng-s3cret"
EVERYTHING = ("connectwise_raw", "meta")
HOLD = (
    "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(1, flush=True); input()"
)


def refused(settings: Settings) -> PipelinesError:
    """The error of a run, which must be one for people."""
    with pytest.raises(PipelinesError) as caught:
        run_once(settings, progress=SilentProgress())
    message = str(caught.value)
    assert message.endswith("."), message
    assert "\n" not in message
    assert "Traceback" not in message
    assert WRONG not in message
    return caught.value


def with_tenant(settings: Settings, **fields: object) -> Settings:
    tenant = settings.tenant.model_copy(update=fields)
    return settings.model_copy(update={"tenant": tenant})


@pytest.mark.parametrize(
    ("field", "value", "error", "variable"),
    [
        ("private_key", SecretStr(WRONG), AuthenticationError, "CW_PRIVATE_KEY"),
        ("public_key", SecretStr(WRONG), AuthenticationError, "CW_PUBLIC_KEY"),
        ("client_id", SecretStr("no-guid"), ClientIdError, "CW_CLIENT_ID"),
        ("company_id", "nobody", CompanyNotFoundError, "CW_COMPANY_ID"),
        ("private_key", None, SettingsError, "CW_PRIVATE_KEY"),
    ],
)
def test_a_wrong_credential_is_named(field, value, error, variable, store, tmp_path):
    with tenant_of(store, tmp_path / "warehouse") as settings:
        caught = refused(with_tenant(settings, **{field: value}))
    assert isinstance(caught, error)
    assert variable in str(caught)


def test_an_unreachable_host_is_named(store, tmp_path):
    with tenant_of(store, tmp_path / "warehouse") as settings:
        pass
    caught = refused(settings)
    assert isinstance(caught, HostUnreachableError)
    assert "CW_BASE_URL" in str(caught)


@pytest.mark.parametrize("kind", ["html", "truncated", "empty"])
def test_an_answer_that_is_no_json_stops_the_run_and_loses_nothing(kind, store, loaded):
    before = dump(settings_in(loaded), schemas=EVERYTHING)
    faults = (Fault("/time/entries", kind, times=None),)
    options = SandboxOptions(faults=faults)
    with tenant_of(store, loaded, options=options) as settings:
        once = settings.sync.model_copy(update={"tries": 1})
        caught = refused(settings.model_copy(update={"sync": once}))
    assert "/time/entries" in str(caught)
    assert dump(settings, schemas=EVERYTHING) == before


@contextmanager
def held_by_another_process(path: Path) -> Iterator[None]:
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield
        finally:
            process.kill()


def test_a_warehouse_that_another_process_holds_is_named(store, loaded):
    build_file = settings_in(loaded).warehouse.build_file
    with tenant_of(store, loaded) as settings, held_by_another_process(build_file):
        caught = refused(settings)
    assert isinstance(caught, WarehouseBusyError)
    assert str(settings.warehouse.build_file) in str(caught)


def test_missing_settings_without_any_tenant_mean_the_sandbox(tmp_path):
    assert settings_in(tmp_path).uses_sandbox
