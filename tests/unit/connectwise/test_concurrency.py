"""One controller for all threads, and readers in parallel with one consumer."""

import threading
from functools import partial

import pytest

from pipelines.connectwise.concurrency import Concurrency, in_parallel


def test_good_answers_raise_the_limit_to_the_ceiling():
    slots = Concurrency(8)
    assert slots.limit == 4
    for _ in range(100):
        slots.answered(0.1)
    assert slots.limit == 8


def test_a_refusal_halves_it_and_one_request_is_always_allowed():
    slots = Concurrency(8)
    seen = [slots.limit]
    for _ in range(4):
        slots.refused()
        seen.append(slots.limit)
    assert seen == [4, 2, 1, 1, 1]


def test_answers_that_slow_down_give_slots_back():
    slots = Concurrency(4)
    for _ in range(20):
        slots.answered(0.5)
    slots.answered(10.0)
    assert slots.limit == 3


def test_small_delays_are_no_strain():
    slots = Concurrency(4)
    for seconds in (0.01, 0.01, 1.9, 0.01):
        slots.answered(seconds)
    assert slots.limit == 4


def test_no_more_than_the_limit_are_under_way():
    slots, most, now, lock = Concurrency(3), [0], [0], threading.Lock()
    together = threading.Barrier(3)

    def work():
        with slots.slot():
            with lock:
                now[0] += 1
                most[0] = max(most[0], now[0])
            together.wait(10)
            with lock:
                now[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [3]


def test_nonsense_is_refused():
    with pytest.raises(ValueError, match="At least one"):
        Concurrency(0)


def counting(start):
    yield from range(start, start + 5)


def test_everything_comes_and_each_job_in_its_order():
    jobs = [partial(counting, n * 10) for n in range(7)]
    items = list(in_parallel(jobs, workers=3))
    assert sorted(items) == sorted(
        x for n in range(7) for x in range(n * 10, n * 10 + 5)
    )
    for n in range(7):
        mine = [x for x in items if x // 10 == n]
        assert mine == sorted(mine)


def test_workers_wait_for_the_consumer():
    made = []

    def endless():
        for n in range(1000):
            made.append(n)
            yield n

    items = in_parallel([endless], workers=1, ahead=3)
    assert next(items) == 0
    assert len(made) <= 6
    items.close()
    assert len(made) < 20


def test_the_first_error_is_raised_and_ends_the_others():
    def failing():
        yield 1
        raise RuntimeError("broken")

    jobs = [failing, *(partial(counting, 0) for _ in range(50))]
    with pytest.raises(RuntimeError, match="broken"):
        list(in_parallel(jobs, workers=2))
    assert not [t for t in threading.enumerate() if "_work" in t.name]
