"""Business time over any moments: additive, exact, and its inverse finds the way back.

Asked of the calendar that the real models laid out, through the real macros.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from duckdb import DuckDBPyConnection
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.warehouse.connection import connect
from tests.support.business_time import open_seconds_between, rendered
from tests.support.mart_world import OFFICE, worked_warehouse

# The calendar of the worked world reaches from 2025-12-29 to 2027-12-31.
FIRST = datetime(2025, 12, 29, 12, tzinfo=UTC)
SECONDS = int(timedelta(days=700).total_seconds())

moments = st.integers(0, SECONDS).map(lambda s: FIRST + timedelta(seconds=s))
triples = st.lists(
    st.tuples(moments, moments, moments).map(sorted), min_size=1, max_size=20
)
# Around the two changes of daylight saving of 2026, where mistakes would be.
changes = (datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 11, 1, 6, tzinfo=UTC))
near_change = st.tuples(
    st.sampled_from(changes), st.integers(-5 * 86_400, 5 * 86_400)
).map(lambda pair: pair[0] + timedelta(seconds=pair[1]))
pairs = st.lists(
    st.tuples(near_change, near_change).map(sorted), min_size=1, max_size=20
)

POSITIONS = rendered("with_open_seconds", "moments")
DUE = rendered("with_due_moment", "targets")


@pytest.fixture(scope="module")
def calendar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckDBPyConnection]:
    built = worked_warehouse(tmp_path_factory)
    with connect(built.settings.warehouse.build_file) as connection:
        yield connection


def plain(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(tzinfo=None)


def positions(
    connection: DuckDBPyConnection, moments: list[datetime], calendar: int = OFFICE
) -> list[int]:
    """Open seconds of the calendar by each moment, in the order asked."""
    sql = f"""
        with moments as (
            select
                {calendar} as calendar_id,
                unnest($moments::timestamp[]) as moment,
                unnest(range(len($moments))) as place
        )
        select open_seconds from ({POSITIONS}) order by place
    """
    values = {"moments": [plain(moment) for moment in moments]}
    return [seconds for (seconds,) in connection.execute(sql, values).fetchall()]


@settings(max_examples=40, deadline=None)
@given(triples)
def test_parts_add_up_and_never_exceed_the_clock(
    calendar: DuckDBPyConnection, triples: list[list[datetime]]
) -> None:
    flat = positions(calendar, [moment for triple in triples for moment in triple])
    for index, (a, b, c) in enumerate(triples):
        pa, pb, pc = flat[3 * index : 3 * index + 3]
        assert (pb - pa) + (pc - pb) == pc - pa
        assert 0 <= pb - pa <= (b - a).total_seconds()
        assert 0 <= pc - pb <= (c - b).total_seconds()


@settings(max_examples=40, deadline=None)
@given(pairs)
def test_daylight_saving_and_holidays_are_exact(
    calendar: DuckDBPyConnection, pairs: list[list[datetime]]
) -> None:
    flat = positions(calendar, [moment for pair in pairs for moment in pair])
    found = [flat[2 * i + 1] - flat[2 * i] for i in range(len(pairs))]
    assert found == [open_seconds_between(a, b) for a, b in pairs]


@settings(max_examples=25, deadline=None)
@given(triples)
def test_any_span_equals_a_walk_through_its_days(
    calendar: DuckDBPyConnection, triples: list[list[datetime]]
) -> None:
    spans = [(a, b) for a, b, _ in triples]
    flat = positions(calendar, [moment for span in spans for moment in span])
    found = [flat[2 * i + 1] - flat[2 * i] for i in range(len(spans))]
    assert found == [open_seconds_between(a, b) for a, b in spans]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(moments, st.integers(1, 400 * 3600)), min_size=1, max_size=20
    ).map(lambda found: [(a, s) for a, s in found if a < FIRST + timedelta(days=365)])
)
def test_the_due_moment_is_the_exact_inverse(
    calendar: DuckDBPyConnection, targets: list[tuple[datetime, int]]
) -> None:
    starts = positions(calendar, [start for start, _ in targets])
    sql = f"""
        with targets as (
            select
                {OFFICE} as calendar_id,
                unnest($due::bigint[]) as due_open_seconds,
                unnest(range(len($due))) as place
        )
        select due_at from ({DUE}) order by place
    """
    due = [begin + seconds for begin, (_, seconds) in zip(starts, targets, strict=True)]
    found = [at for (at,) in calendar.execute(sql, {"due": due}).fetchall()]
    assert positions(calendar, [at.replace(tzinfo=UTC) for at in found]) == due
    just_before = [at.replace(tzinfo=UTC) - timedelta(seconds=1) for at in found]
    assert positions(calendar, just_before) == [seconds - 1 for seconds in due]


@settings(max_examples=20, deadline=None)
@given(triples)
def test_the_zone_of_the_session_changes_nothing(
    calendar: DuckDBPyConnection, triples: list[list[datetime]]
) -> None:
    asked = [moment for triple in triples for moment in triple]
    here = positions(calendar, asked)
    calendar.execute("set TimeZone = 'Asia/Tokyo'")
    try:
        assert positions(calendar, asked) == here
    finally:
        calendar.execute("set TimeZone = 'UTC'")


def test_nobody_is_lost_outside_hours_or_outside_the_calendar(
    calendar: DuckDBPyConnection,
) -> None:
    sunday = datetime(2026, 3, 1, 15, tzinfo=UTC)
    asked = [FIRST - timedelta(days=400), sunday, sunday + timedelta(hours=5)]
    assert positions(calendar, asked)[0] == 0
    assert len(set(positions(calendar, asked)[1:])) == 1
    assert positions(calendar, asked, calendar=0)[2] > positions(calendar, asked)[2]
