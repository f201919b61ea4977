"""What was measured, kept between calls: a part can be measured anew by itself."""

import json
import os
import platform
import statistics
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.cost import Cost

FILE = Path(__file__).with_name("results.json")

Results = dict[str, dict[str, Any]]


def read() -> Results:
    return json.loads(FILE.read_text()) if FILE.exists() else {}


def keep(name: str, **values: Any) -> None:
    """Note one measurement with when it was taken, and how busy the machine was."""
    results = read()
    results[name] = {
        **values,
        "measured_at": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "load": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
    }
    FILE.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n")


def median_of(costs: list[Cost]) -> dict[str, Any]:
    """Median CPU and wall seconds, highest memory, and every CPU figure."""
    return {
        "cpu": round(statistics.median(one.cpu for one in costs), 2),
        "wall": round(statistics.median(one.wall for one in costs), 1),
        "rss_mb": round(max(one.rss_mb for one in costs)),
        "runs": [round(one.cpu, 2) for one in costs],
    }
