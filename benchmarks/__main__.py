"""``make bench``: measure, and write ``docs/benchmarks.md``.

``ARGS="--quick"`` measures small sizes once; ``ARGS="--only cold-20000"`` one part.
Whoever is left out keeps the figures of last time, with their date.
"""

import argparse
from collections.abc import Callable

from benchmarks import cold, document, hot, latency, warm

OURS, PARQUET, DEFAULTS, SCRIPT = cold.CONTESTANTS

Part = Callable[[int], None]

PARTS: dict[str, Part] = {
    "start": lambda n: cold.race(10, [OURS, PARQUET, DEFAULTS], repeat=n),
    "cold-4000": lambda n: cold.race(4_000, [OURS, DEFAULTS], repeat=n),
    "cold-20000": lambda n: cold.race(20_000, [OURS, PARQUET, SCRIPT], repeat=n),
    "cold-200000": lambda n: cold.race(200_000, [OURS, PARQUET, SCRIPT], repeat=n),
    "warm-150000": lambda _: warm.increments(150_000),
    "warm-600000": lambda _: warm.increments(600_000),
    "latency": lambda _: latency.measure(),
    "hot": hot.measure,
    "cold-1000000": lambda _: cold.race(1_000_000, [OURS], repeat=1),
}
QUICK = ("start", "cold-4000", "cold-20000")


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, once each")
    parser.add_argument("--only", nargs="+", choices=PARTS, metavar="PART")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--render", action="store_true", help="measure nothing")
    chosen = parser.parse_args()
    names = chosen.only or (QUICK if chosen.quick else PARTS)
    for name in () if chosen.render else names:
        PARTS[name](1 if chosen.quick else chosen.repeat)
    document.write()


if __name__ == "__main__":
    main()
