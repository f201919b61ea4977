"""When the published copy stands on what a run would build on, and when not."""

from datetime import UTC, datetime, timedelta

import pytest

from pipelines.ingest.meta import AsOf

EVENING = datetime(2026, 3, 31, 23, 0, tzinfo=UTC)
PUBLISHED = AsOf(
    as_of=EVENING,
    reporting_time_zone="America/New_York",
    raw_load_id="1.0",
    fingerprint="f",
)


def now(**changes):
    fields = {
        "as_of": EVENING,
        "reporting_time_zone": "America/New_York",
        "raw_load_id": "1.0",
        "fingerprint": "f",
    }
    return AsOf(**{**fields, **changes})


def test_a_later_hour_of_the_same_reporting_day_is_no_news():
    later = EVENING + timedelta(hours=4)
    assert later.date() > EVENING.date()
    assert PUBLISHED.stands_on_the_same(now(as_of=later))


@pytest.mark.parametrize(
    "changes",
    [
        {"as_of": EVENING + timedelta(hours=6)},
        {"reporting_time_zone": "America/Phoenix"},
        {"raw_load_id": "2.0"},
        {"fingerprint": "another model, seed or setting"},
    ],
)
def test_a_new_day_zone_load_or_model_is_news(changes):
    assert not PUBLISHED.stands_on_the_same(now(**changes))
