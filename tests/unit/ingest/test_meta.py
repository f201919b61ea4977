"""When the published copy stands on what a run would build on, and when not."""

from datetime import UTC, datetime, timedelta

import pytest

from pipelines.connectwise import ConnectWiseClient
from pipelines.ingest.meta import HISTORY, AsOf, record_run
from pipelines.ingest.run import SyncRun
from pipelines.observability.progress import SilentProgress
from tests.support.clients import CREDENTIALS
from tests.support.warehouses import dump, settings_in

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


def test_what_runs_did_is_kept_for_a_time_only(tmp_path):
    settings = settings_in(tmp_path / "warehouse")
    days = [timedelta(), timedelta(days=1), HISTORY + timedelta(hours=1)]
    with ConnectWiseClient(CREDENTIALS, "na.myconnectwise.net") as client:
        for number, later in enumerate(days):
            run = SyncRun(
                settings=settings,
                client=client,
                progress=SilentProgress(),
                server_now=EVENING + later,
                run_id=f"run {number}",
            )
            run.tally("members")
            record_run(run, now(as_of=run.server_now), {})
    tables = dump(settings, schemas=("meta",))
    assert [row[0] for row in tables["meta.runs"]] == ["run 1", "run 2"]
    assert len(tables["meta.as_of"]) == 1
