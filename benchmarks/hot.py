"""What a sync costs that finds nothing new: ``sync_hot`` whole, and one entity alone.

The schedule starts a run in a process of its own, which loads the code location and
executes the job; ``dagster job execute`` does the same. What loading alone costs is a
run of the same process up to that point. One entity is the difference between asking
all that have a ``lastUpdated`` window and asking one of them, in one warm process. The
sandbox is another process, not counted.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from pydantic import SecretStr

from benchmarks import results
from benchmarks.cost import ROOT, Cost, cost_of
from pipelines.observability.progress import SilentProgress
from pipelines.orchestration.instance import instance_home
from pipelines.orchestration.tenant import tenant
from pipelines.settings import (
    DagsterSettings,
    SandboxSettings,
    Settings,
    WarehouseSettings,
)

_LOCATION = ("-m", "pipelines.orchestration.definitions")


def measure(repeat: int) -> None:
    """Keep both costs for the page."""
    runs, loads, entities = [], [], []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, _served(Path(folder)):
        cost_of("pipelines", ["run"])
        _hot()  # Notes what the first run could not know.
        for _ in range(repeat):
            runs.append(_hot())
            loads.append(cost_of("dagster", ["job", "list", *_LOCATION]))
            entities.append(float(cost_of("benchmarks.quiet", []).output))
            print(
                f"sync_hot: {runs[-1].cpu:.2f} CPU s, "
                f"one entity: {entities[-1] * 1_000:.1f} ms",
                flush=True,
            )
    results.keep("quiet_entity", seconds=median(entities), each=entities)
    share = median(one.cpu for one in loads) / median(one.cpu for one in runs)
    results.keep(
        "hot/0/sync_hot", rows=0, import_share=share, **results.median_of(runs)
    )


def _hot() -> Cost:
    return cost_of("dagster", ["job", "execute", *_LOCATION, "-j", "sync_hot"])


@contextmanager
def _served(folder: Path) -> Iterator[None]:
    """A sandbox in a process of its own, and this process's children pointed at it."""
    plain = Settings(_env_file=None)
    settings = plain.model_copy(
        update={
            "warehouse": WarehouseSettings(dir=folder / "warehouse"),
            "dagster": DagsterSettings(home=folder / "dagster_home"),
            "sandbox": SandboxSettings(cache_dir=ROOT / ".cache" / "bench-worlds"),
        }
    )
    with tenant(settings, progress=SilentProgress()) as target:
        os.environ |= {
            "CW_BASE_URL": target.tenant.base_url or "",
            "CW_COMPANY_ID": target.tenant.company_id or "",
            "CW_PUBLIC_KEY": _told(target.tenant.public_key),
            "CW_PRIVATE_KEY": _told(target.tenant.private_key),
            "CW_CLIENT_ID": _told(target.tenant.client_id),
            "CWP_SANDBOX__ACTIVE": "true",
            "CWP_WAREHOUSE__DIR": str(settings.warehouse.dir),
            "CWP_DAGSTER__HOME": str(settings.dagster.home),
            "DAGSTER_HOME": str(instance_home(settings)),
        }
        yield


def _told(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
