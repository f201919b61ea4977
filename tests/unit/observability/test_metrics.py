"""Events are counted by name, and fields with a unit are added up."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from pipelines.observability.metrics import EventCounts, event_name


@dataclass(frozen=True, slots=True)
class RetryPlanned:
    path: str
    attempt: int
    wait_seconds: float


@dataclass(frozen=True, slots=True)
class AnswerCame:
    seconds: float
    size: int
    status: int


def test_events_and_totals() -> None:
    counts = EventCounts()
    counts(RetryPlanned("/a", 1, 0.5))
    counts(RetryPlanned("/a", 2, 1.5))
    counts(AnswerCame(0.1, 2000, 200))
    assert counts.events == {"retry_planned": 2, "answer_came": 1}
    assert counts.totals == {
        "retry_planned.wait_seconds": 2.0,
        "answer_came.seconds": 0.1,
        "answer_came.size": 2000,
    }
    assert counts.total("wait_seconds") == 2.0


def test_no_event_is_lost_between_threads() -> None:
    counts = EventCounts()
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: counts(AnswerCame(1, 1, 200)), range(2000)))
    assert counts.events["answer_came"] == 2000
    assert counts.total("size") == 2000


def test_an_event_that_is_no_record_is_counted_too() -> None:
    counts = EventCounts()
    counts(KeyError("x"))
    assert counts.events == {"key_error": 1}
    assert counts.totals == {}


def test_names() -> None:
    assert event_name(RetryPlanned("/a", 1, 0)) == "retry_planned"
