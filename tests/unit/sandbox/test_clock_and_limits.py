"""The pinned clock, and the window of the rate limit."""

from datetime import UTC, datetime

import pytest

from pipelines.sandbox.clock import Clock
from pipelines.sandbox.limits import RateLimit


class Seconds:
    """A monotonic clock that tests move."""

    def __init__(self):
        self.value = 100.0

    def __call__(self):
        return self.value


@pytest.fixture
def seconds():
    return Seconds()


def test_the_clock_starts_at_its_instant_and_runs(seconds):
    clock = Clock(datetime.fromisoformat("2026-03-31T17:00:00-04:00"), elapsed=seconds)
    assert clock.http_date() == "Tue, 31 Mar 2026 21:00:00 GMT"
    seconds.value += 90
    assert clock.now() == datetime(2026, 3, 31, 21, 1, 30, tzinfo=UTC)


def test_no_limit_never_waits(seconds):
    limit = RateLimit(elapsed=seconds)
    assert {limit.seconds_to_wait(None) for _ in range(5_000)} == {None}


def test_the_limit_frees_as_requests_grow_old(seconds):
    limit = RateLimit(elapsed=seconds)
    assert limit.seconds_to_wait(2) is None
    seconds.value += 20
    assert limit.seconds_to_wait(2) is None
    assert limit.seconds_to_wait(2) == 40
    seconds.value += 39.5
    assert limit.seconds_to_wait(2) == 1
    seconds.value += 0.5
    assert limit.seconds_to_wait(2) is None
    assert limit.seconds_to_wait(2) == 20
