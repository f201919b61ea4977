"""``docs/benchmarks.md``, from what was measured."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks import results
from benchmarks.cold import CONTESTANTS

FILE = Path(__file__).parent.parent / "docs" / "benchmarks.md"
NOTES = Path(__file__).with_name("where_the_time_goes.md")
OURS, PARQUET, DEFAULTS, SCRIPT = CONTESTANTS

HEAD = """\
# Benchmarks

What extraction costs, beside what other ways to do it cost. `make bench` measures and
writes this page; `make bench ARGS="--quick"` takes small sizes once, and
`ARGS="--only cold-20000"` one part (the others keep their figures and dates).

A figure is CPU seconds, user and system, of the client's whole process tree; the
server is another process and not counted. Contestants take turns on the same pages of
the same server. Tickets are full size: about 6 kB of JSON, 79 top-level fields, three
custom fields, every link. Ours counts only with the landing, `_extra`, child tables,
row hashes and dlt's own load, and with every field of every row compared with its
source, by code that shares nothing with the product (`benchmarks/check.py`). The
others are written out in `benchmarks/peers/`. Only ratios within one part mean
something elsewhere; the load average tells how busy the machine was.
"""


def write() -> None:
    measured = results.read()
    parts = [HEAD, _targets(measured), _figures(measured)]
    if NOTES.exists():
        parts.append(NOTES.read_text())
    FILE.write_text("\n".join(parts).rstrip() + "\n")
    print(f"written: {FILE}")


def _targets(measured: results.Results) -> str:
    lines = [
        "## Targets\n",
        "| | must | aim | measured |",
        "|---|---|---|---|",
        *(f"| {' | '.join(row)} |" for row in _rows(measured)),
    ]
    return "\n".join(lines) + "\n"


def _rows(m: results.Results) -> Iterator[tuple[str, str, str, str]]:
    for rows, must in ((20_000, "≥ 3×"), (200_000, "≥ 4×")):
        label = f"cold load of {rows:,} tickets against dlt `rest_api` with Parquet"
        yield label, must, "6×", _ratio(m, rows, PARQUET)
    label = "cold load of 4,000 tickets against dlt `rest_api` as it comes"
    yield label, "≥ 8×", "", _ratio(m, 4_000, DEFAULTS)
    yield "the same without the start", "≥ 25×", "60×", _marginal_ratio(m)
    label = "cold load of 200,000 tickets against a plain script"
    yield label, "≥ 2.5×", "4×", _ratio(m, 200_000, SCRIPT)
    rate = _rate(m)
    yield "rows per CPU second beyond the start", "≥ 6,000", "12,000", rate
    yield "peak memory of a first load", "≤ 500 MB, flat", "400 MB", _memory(m)
    first, second = m.get("warm/150000"), m.get("warm/600000")
    taken = f"{first['cpu']:.2f} s" if first else _NOT
    yield "0.5 % of 150,000 changed, warm", "≤ 1.2 s", "0.5 s", taken
    ratio = f"{second['cpu'] / first['cpu']:.2f}×" if first and second else _NOT
    yield "the same at 600,000, against that", "≤ 1.3×", "", ratio
    yield "nothing changed, warm, whole run of one entity", "", "", _quiet(m)
    label = "nothing changed, what one entity more costs"
    yield label, "one request, ≤ 15 ms", "", _entity(m)
    label = "`sync_hot` as the schedule launches it, nothing changed"
    yield label, "≤ 12 s", "6 s", _hot(m)
    label = "400 ms a page, 200 pages, 8 in flight: wall time against no latency"
    yield label, "≤ 1.15×", "1.05×", _waiting(m, "latency")
    label = "under a limit of 600 requests a minute"
    yield label, "≥ 95 % used, ≤ 1 % rejected", "", _waiting(m, "limit")


_NOT = "not measured yet"


def _cold(m: results.Results, rows: int, name: str) -> dict[str, Any] | None:
    return m.get(f"cold/{rows}/{name}")


def _ratio(m: results.Results, rows: int, name: str) -> str:
    ours, theirs = _cold(m, rows, OURS), _cold(m, rows, name)
    if not ours or not theirs:
        return _NOT
    return f"{theirs['cpu'] / ours['cpu']:.1f}×"


def _marginal_ratio(m: results.Results) -> str:
    needed = [(n, who) for n in (10, 4_000) for who in (OURS, DEFAULTS)]
    found = [_cold(m, rows, name) for rows, name in needed]
    if not all(found):
        return _NOT
    our_start, their_start, ours, theirs = (one["cpu"] for one in found if one)
    return f"{(theirs - their_start) / (ours - our_start):.0f}×"


def _rate(m: results.Results) -> str:
    less, more = _cold(m, 20_000, OURS), _cold(m, 200_000, OURS)
    if not less or not more:
        return _NOT
    return f"{180_000 / (more['cpu'] - less['cpu']):,.0f}"


def _memory(m: results.Results) -> str:
    found = {n: _cold(m, n, OURS) for n in (20_000, 200_000, 1_000_000)}
    told = [f"{one['rss_mb']} MB at {n:,}" for n, one in found.items() if one]
    return ", ".join(told) or _NOT


def _quiet(m: results.Results) -> str:
    quiet = m.get("quiet/150000")
    if not quiet:
        return _NOT
    return f"{quiet['cpu'] * 1_000:.0f} ms, requests: {quiet['requests']}"


def _entity(m: results.Results) -> str:
    one = m.get("quiet_entity")
    return f"{one['seconds'] * 1_000:.0f} ms" if one else _NOT


def _hot(m: results.Results) -> str:
    one = m.get("hot/0/sync_hot")
    if not one:
        return _NOT
    return f"{one['cpu']:.1f} s, of it {one['import_share']:.0%} loading the code"


def _waiting(m: results.Results, key: str) -> str:
    one = m.get(key)
    return f"{one['measured']} ({one['detail']})" if one else _NOT


def _figures(measured: results.Results) -> str:
    lines = [
        "## Figures\n",
        "| part | CPU s | each run | wall s | peak MB | measured | load |",
        "|---|---|---|---|---|---|---|",
    ]
    costs = {name: one for name, one in measured.items() if "cpu" in one}
    for name, one in sorted(costs.items(), key=_order):
        kind, rows, *who = name.split("/")
        told = " ".join(f"{value:g}" for value in one["runs"])
        lines.append(
            f"| {kind}, {int(rows):,} {' '.join(who)} | {one['cpu']:g} | {told} "
            f"| {one.get('wall', '')} | {one.get('rss_mb', '')} "
            f"| {one['measured_at']} | {one['load']} |"
        )
    return "\n".join(lines) + "\n"


def _order(item: tuple[str, dict[str, Any]]) -> tuple[str, int, str]:
    name, one = item
    return name.split("/")[0], one["rows"], name
