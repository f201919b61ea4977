"""How many rows may vanish before a person has to look."""

import pytest

from pipelines.ingest.guards import Loss, guard_outcome, shrink_outcome
from pipelines.settings import SyncSettings

SYNC = SyncSettings()


@pytest.mark.parametrize(
    ("missing", "live", "trips"),
    [
        (0, 0, False),
        (50, 1000, False),
        (51, 1000, True),
        (5, 20, False),
        (6, 20, True),
        (2, 2, False),
        (3, 3, True),
        (4, 5, False),
    ],
)
def test_more_than_five_per_cent_or_everything_is_too_much(missing, live, trips):
    assert guard_outcome(Loss("boards", missing, live), SYNC).blocks is trips


def test_the_guard_can_be_switched_off_for_a_run():
    off = SYNC.model_copy(update={"delete_guard_pct": 100})
    assert not guard_outcome(Loss("boards", 9, 9), off).blocks


def test_the_sentence_names_entity_numbers_and_remedy():
    said = guard_outcome(Loss("boards", 1200, 4000), SYNC).message
    for part in ("1,200 of 4,000 boards", "5 %", "CWP_SYNC__DELETE_GUARD_PCT=100"):
        assert part in said


def test_a_count_that_grew_or_fell_a_little_is_no_warning():
    for now in (110, 100, 95):
        one = shrink_outcome("boards", now=now, before=100, sync=SYNC)
        assert one.status == "passed"
    shrunk = shrink_outcome("boards", now=94, before=100, sync=SYNC)
    assert (shrunk.status, shrunk.failed_rows, shrunk.blocks) == ("warned", 6, False)
