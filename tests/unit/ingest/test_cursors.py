"""Where a window begins and ends."""

from datetime import UTC, datetime, timedelta

from pipelines.ingest.cursors import (
    SHAPE_KEY,
    STATE_KEY,
    Window,
    former_edition,
    is_behind,
    next_window,
    raise_overlap,
    remember,
    shape_key,
)

NOW = datetime(2026, 3, 31, 21, 0, 30, 999, tzinfo=UTC)
OVERLAP = timedelta(minutes=10)
SHAPE = "tickets as this release knows them"


def test_the_first_window_asks_for_everything_and_ends_at_the_server_s_time():
    window = next_window({}, shape=SHAPE, server_now=NOW, overlap=OVERLAP)
    assert window == Window(None, datetime(2026, 3, 31, 21, 0, 30, tzinfo=UTC), SHAPE)
    assert window.conditions is None


def test_later_windows_reach_back_over_the_last_by_the_overlap():
    state = {STATE_KEY: "2026-03-31T20:00:00+00:00", SHAPE_KEY: SHAPE}
    window = next_window(state, shape=SHAPE, server_now=NOW, overlap=OVERLAP)
    assert window.lower == datetime(2026, 3, 31, 19, 50, tzinfo=UTC)
    assert str(window.conditions) == (
        "lastUpdated >= [2026-03-31T19:50:00Z] "
        "and lastUpdated <= [2026-03-31T21:00:30Z]"
    )


def test_a_server_clock_that_went_back_never_moves_the_window_back():
    state = {STATE_KEY: "2026-04-01T00:00:00+00:00", SHAPE_KEY: SHAPE}
    window = next_window(state, shape=SHAPE, server_now=NOW, overlap=OVERLAP)
    assert window == Window(
        datetime(2026, 3, 31, 23, 50, tzinfo=UTC),
        datetime(2026, 4, 1, tzinfo=UTC),
        SHAPE,
    )


def test_a_model_that_learnt_a_field_begins_anew_until_that_has_landed():
    state = {STATE_KEY: "2026-03-31T20:00:00+00:00", SHAPE_KEY: "as the last one did"}
    window = next_window(state, shape=SHAPE, server_now=NOW, overlap=OVERLAP)
    assert window.conditions is None
    remember(window, state)
    after = next_window(state, shape=SHAPE, server_now=NOW, overlap=OVERLAP)
    assert after.lower == window.upper - OVERLAP


def test_rows_that_came_late_make_windows_reach_back_twice_as_far():
    state = {STATE_KEY: "2026-03-31T20:00:00+00:00", SHAPE_KEY: SHAPE}
    assert raise_overlap(state, overlap=OVERLAP) == 20
    window = next_window(state, shape=SHAPE, server_now=NOW, overlap=OVERLAP)
    assert window.lower == datetime(2026, 3, 31, 19, 40, tzinfo=UTC)
    raised = [raise_overlap(state, overlap=OVERLAP) for _ in range(6)]
    assert raised == [40, 80, 160, 240, 240, 240]


def test_only_what_a_window_should_have_brought_is_late():
    state = {STATE_KEY: "2026-03-31T20:00:00+00:00"}
    assert is_behind(state, datetime(2026, 3, 31, 20, tzinfo=UTC))
    assert not is_behind(state, datetime(2026, 3, 31, 20, 1, tzinfo=UTC))
    assert not is_behind({}, NOW)


def test_another_edition_of_the_api_is_told_apart_from_another_model():
    state = {SHAPE_KEY: shape_key("abc", "v2025_1")}
    assert former_edition(state, shape_key("abc", "v2026_4")) == "v2025_1"
    assert former_edition(state, shape_key("xyz", "v2025_1")) is None
    assert former_edition({}, shape_key("abc", "v2025_1")) is None
