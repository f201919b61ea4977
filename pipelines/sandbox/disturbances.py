"""Faults inside lists: rows that repeat, are skipped, are lost or come late.

They change what is asked of the store or what is written to it, never the store's
records themselves, so a test can compare with the truth. Which are on is in the
options; faults of whole answers are ``faults``.
"""

from datetime import datetime, timedelta

from pipelines.sandbox.clock import STAMP
from pipelines.sandbox.comparisons import Sql, sql
from pipelines.sandbox.options import SandboxOptions
from pipelines.sandbox.seeds import draw

_MOST_LATE = timedelta(minutes=15)
_MOST_SHIFTED = 3
_SHARES = 10_000
_TEXTS = (b'"summary":"', b'"text":"', b'"notes":"', b'"description":"', b'"name":"')
# A number without small factors, so that neighbours in the order are strangers.
_SHUFFLE = "(id * 2654435761) % 4294967291"


def shuffled() -> Sql:
    """An order that is no order, the same every time."""
    return Sql(f"{_SHUFFLE}, id")


def kept_rows(options: SandboxOptions, *, is_count: bool) -> Sql | None:
    """Which rows a shrunken answer keeps; None for all."""
    share = options.amount_of("shrunken-with-count")
    if not is_count:
        share = max(share, options.amount_of("shrunken"))
    if not share:
        return None
    lost = round(share * _SHARES)
    template = f"({_SHUFFLE} + ?) % {_SHARES} >= ?"
    return sql(template, options.fault_seed * 7919, lost)


def shift_of(options: SandboxOptions, page: int, path: str) -> int:
    """By how many rows a navigable page has moved since the one before it."""
    if page == 1:
        return 0
    for name, sign in (("repeated-rows", -1), ("skipped-rows", 1)):
        share = options.amount_of(name)  # type: ignore[arg-type]
        chance = draw(options.fault_seed, name, path, page)
        if chance < share:
            return sign * (1 + int(chance / share * _MOST_SHIFTED))
    return 0


def with_null(body: bytes, record_id: int, options: SandboxOptions) -> bytes:
    r"""The body of a record with ``\u0000`` in its first text, for a share of them."""
    share = options.amount_of("null-text")
    if draw(options.fault_seed, "null-text", record_id) >= share:
        return body
    for start in _TEXTS:
        if start in body:
            return body.replace(start, start + b"\\u0000", 1)
    return body


def late_stamp(now: datetime, before: str, options: SandboxOptions, key: str) -> str:
    """The ``lastUpdated`` of a write, up to 15 minutes back for a share of writes.

    A record's own time never stands still or runs backwards: that would hide the
    write from everybody, which no late commit does.
    """
    share = options.amount_of("late-rows")
    chance = draw(options.fault_seed, "late-rows", key, now)
    stamp = now.strftime(STAMP)
    if chance >= share:
        return stamp
    late = (now - _MOST_LATE * (chance / share)).strftime(STAMP)
    if late > before:
        return late
    try:
        following = datetime.strptime(before, STAMP) + timedelta(seconds=1)  # noqa: DTZ007
    except ValueError:
        return stamp
    return min(stamp, following.strftime(STAMP))
