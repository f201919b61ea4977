"""Waiting: backoff, Retry-After, the shared limiter, and one 429 for all threads."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from pipelines.connectwise import RateLimitedError, ServerError
from pipelines.connectwise.cache import SetupCache
from pipelines.connectwise.events import (
    RateLimitWaited,
    RequestFinished,
    RetryScheduled,
)
from pipelines.connectwise.rate_limit import RateLimiter
from pipelines.connectwise.retry import RetryPolicy
from pipelines.sandbox.limits import RateLimit
from tests.support.clients import FakeTime, client_of
from tests.support.http_server import DATE, Reply

PATH = "/service/boards"
DONE = Reply([])


def limited(**headers):
    return Reply({"error": "ConnectWiseAPI"}, status=429, headers=headers)


@pytest.mark.parametrize(
    ("retry_after", "waited"),
    [
        (None, 35.0),
        ("1", 35.0),
        ("45", 50.0),
        ("900", 185.0),
        ("soon", 35.0),
        (DATE.replace("21:00:00", "21:01:30"), 95.0),
        (DATE.replace("21:00:00", "20:00:00"), 35.0),
    ],
)
def test_a_429_waits_as_told_between_floor_and_cap(bench, retry_after, waited):
    headers = {"Retry-After": retry_after} if retry_after else {}
    bench.server.script(PATH, limited(**headers), DONE)
    assert bench.client.get(PATH) == []
    assert bench.time.slept == [waited]
    [told] = bench.told(RetryScheduled)
    assert (told.attempt, told.wait_seconds) == (1, waited)
    assert "429" in told.reason


def test_a_503_waits_as_told_without_the_floor(bench):
    busy = Reply({"message": "x"}, status=503, headers={"Retry-After": "7"})
    bench.server.script(PATH, busy, DONE)
    bench.client.get(PATH)
    assert bench.time.slept == [7.0]


def test_backoff_doubles_to_its_cap_and_jitter_halves_it():
    error = ServerError("x", remedy="y", retryable=True)
    low, high = RetryPolicy(jitter=lambda: 0.0), RetryPolicy(jitter=lambda: 1.0)
    highs = [high.wait_seconds(n, error) for n in range(1, 10)]
    assert highs == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0]
    assert [low.wait_seconds(n, error) for n in (1, 9)] == [0.25, 30.0]


def test_jitter_of_a_429_comes_on_top():
    error = RateLimitedError("x", remedy="y", retry_after=40.0)
    assert RetryPolicy(jitter=lambda: 0.0).wait_seconds(1, error) == 40.0
    assert RetryPolicy(jitter=lambda: 0.5).wait_seconds(1, error) == 42.5


def test_a_429_in_one_thread_holds_back_the_others(bench):
    bench.server.script(PATH, limited(), DONE)
    bench.server.script("/system/members", DONE)
    slept: list[tuple[str, float]] = []
    events = []

    def sleep(seconds: float) -> None:
        name = threading.current_thread().name
        slept.append((name, seconds))
        if name == "first":
            second = threading.Thread(
                target=client.get, args=("/system/members",), name="second"
            )
            second.start()
            second.join()

    frozen = RetryPolicy(sleep=sleep, monotonic=lambda: 5.0, jitter=lambda: 0.0)
    options = {"retry": frozen, "hooks": [events.append]}
    with client_of(bench.server, FakeTime(), **options) as client:
        first = threading.Thread(target=client.get, args=(PATH,), name="first")
        client.api_url()
        first.start()
        first.join()
    assert slept[:2] == [("first", 30.0), ("second", 30.0)]
    [waited, *_] = [e for e in events if isinstance(e, RateLimitWaited)]
    assert (waited.call.path, waited.wait_seconds) == ("/system/members", 30.0)


def test_threads_share_one_bucket():
    waits: list[float] = []
    limiter = RateLimiter(60, sleep=waits.append, monotonic=lambda: 50.0)
    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda _: limiter.acquire(), range(40)))
    expected = [0.0] * 6 + [float(n) for n in range(1, 35)]
    assert sorted(taken) == pytest.approx(expected, abs=0.01)
    assert sorted(waits) == pytest.approx(expected[6:], abs=0.01)


def test_the_rate_holds_over_minutes():
    time = FakeTime()
    limiter = RateLimiter(600, sleep=time.sleep, monotonic=time.monotonic)
    begun = time.now
    for _ in range(1800):
        limiter.acquire()
    assert time.now - begun == pytest.approx((1800 - 60) / 10, rel=0.01)


def test_a_client_is_spaced_by_its_limiter(bench):
    bench.server.script(PATH, DONE)
    time, events = FakeTime(), []
    options = {"rate_limit_per_minute": 60, "hooks": [events.append]}
    with client_of(bench.server, time, **options) as client:
        for _ in range(10):
            client.get(PATH)
    assert time.slept == pytest.approx([1.0] * 5, abs=0.01)
    assert len([e for e in events if isinstance(e, RateLimitWaited)]) == 5


def test_without_a_limit_nothing_waits(bench):
    bench.server.script(PATH, DONE)
    for _ in range(100):
        bench.client.get(PATH)
    assert bench.time.slept == []


def test_a_longer_pause_is_waited_out_a_shorter_one_changes_nothing():
    time = FakeTime()
    limiter = RateLimiter(None, sleep=time.sleep, monotonic=time.monotonic)
    limiter.pause(30)
    limiter.pause(10)
    assert limiter.acquire() == 30
    assert limiter.acquire() == 0


def test_hooks_hear_of_every_answer(bench):
    bench.server.script(PATH, Reply({"message": "x"}, status=503), DONE)
    bench.client.get(PATH)
    told = [e for e in bench.told(RequestFinished) if e.call.path == PATH]
    assert [(e.status, e.request_id) for e in told] == [(503, "rid-1"), (200, "rid-1")]
    assert told[1].size == 2


def test_the_cache_forgets_after_its_time():
    time = FakeTime()
    cache = SetupCache(ttl_seconds=10, timer=time.monotonic)
    bodies = iter([b"1", b"2"])
    key = ("/service/boards", ())
    assert cache.get(key, lambda: next(bodies)) == b"1"
    time.sleep(9)
    assert cache.get(key, lambda: next(bodies)) == b"1"
    time.sleep(2)
    assert cache.get(key, lambda: next(bodies)) == b"2"


def test_threads_share_the_client(bench):
    bench.server.script(PATH, Reply([{"id": 1}], headers={"Link": ""}))
    with ThreadPoolExecutor(6) as pool:
        reads = pool.map(
            lambda _: [p.row_count for p in bench.client.iter_pages(PATH)], range(60)
        )
        assert list(reads) == [[1]] * 60
    assert len(bench.server.calls("/login/companyinfo/acme")) == 1


def test_a_full_rate_is_used_and_no_minute_gets_more():
    """Against the sandbox's own window of a minute: 600 a minute for five minutes."""
    time = FakeTime()
    limiter = RateLimiter(600, sleep=time.sleep, monotonic=time.monotonic)
    server = RateLimit(elapsed=time.monotonic)
    start, answered, refused = time.now, 0, 0
    while time.now < start + 300:
        limiter.acquire()
        if server.seconds_to_wait(600) is None:
            answered += 1
        else:
            refused += 1
    assert refused == 0
    assert answered >= 0.95 * 600 * 5
