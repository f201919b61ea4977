"""How many requests may be under way at one time: one controller for all threads.

Additive increase, multiplicative decrease: it begins with what was seen to be safe,
grows by one for each round of good answers up to the ceiling, halves on a 429 and
gives one back when answers slow down. ``in_parallel`` runs page readers in threads and
hands their pages to one consumer, with a bounded queue between.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from queue import Queue
from typing import Generic, TypeVar

T = TypeVar("T")

DEFAULT_CEILING = 4
# An answer so much slower than the usual one counts as a server under strain.
_STRAINED = 4.0
_SHORTEST_STRAIN_SECONDS = 2.0
_MEMORY = 0.1


class Concurrency:
    """Slots for requests; safe between threads."""

    def __init__(self, ceiling: int = DEFAULT_CEILING) -> None:
        """Begin with at most four slots.

        Raises:
            ValueError: ``ceiling`` is below one.
        """
        if ceiling < 1:
            raise ValueError(f"At least one request at a time, not {ceiling}.")
        self.ceiling = ceiling
        self._limit = float(min(ceiling, DEFAULT_CEILING))
        self._in_flight = 0
        self._usual: float | None = None
        self._free = threading.Condition()

    @property
    def limit(self) -> int:
        """How many requests may be under way now."""
        return int(self._limit)

    @contextmanager
    def slot(self) -> Iterator[None]:
        """Wait for a free slot and hold it for the time of the block."""
        with self._free:
            self._free.wait_for(lambda: self._in_flight < self.limit)
            self._in_flight += 1
        try:
            yield
        finally:
            with self._free:
                self._in_flight -= 1
                self._free.notify_all()

    def answered(self, seconds: float) -> None:
        """A good answer came after ``seconds``: grow, or give one slot back."""
        with self._free:
            usual = seconds if self._usual is None else self._usual
            strained = seconds > max(_SHORTEST_STRAIN_SECONDS, _STRAINED * usual)
            self._usual = usual + _MEMORY * (seconds - usual)
            change = -1.0 if strained else 1.0 / self._limit
            self._limit = min(float(self.ceiling), max(1.0, self._limit + change))
            self._free.notify_all()

    def refused(self) -> None:
        """The server said 429, or failed: halve."""
        with self._free:
            self._limit = max(1.0, self._limit / 2)


class _Failed:
    def __init__(self, error: BaseException) -> None:
        self.error = error


class _Done:
    """A worker has no more jobs."""


class _Workers(Generic[T]):
    """Threads that run jobs and put what these yield into one bounded queue."""

    def __init__(self, jobs: Iterable[Callable[[], Iterator[T]]], ahead: int) -> None:
        self._jobs = iter(jobs)
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._queue: Queue[T | _Failed | _Done] = Queue(maxsize=ahead)

    def start(self, workers: int) -> None:
        for _ in range(workers):
            threading.Thread(target=self._work, daemon=True).start()

    def items(self, workers: int) -> Iterator[T]:
        try:
            while workers:
                item = self._queue.get()
                if isinstance(item, _Done):
                    workers -= 1
                elif isinstance(item, _Failed):
                    raise item.error
                else:
                    yield item
        finally:
            self._stop(workers)

    def _work(self) -> None:
        try:
            while job := self._next_job():
                for item in job():
                    self._queue.put(item)
                    if self._stopped.is_set():
                        return
        except BaseException as error:  # Raised again by the consumer.
            self._queue.put(_Failed(error))
        finally:
            self._queue.put(_Done())

    def _next_job(self) -> Callable[[], Iterator[T]] | None:
        with self._lock:
            return None if self._stopped.is_set() else next(self._jobs, None)

    def _stop(self, workers: int) -> None:
        """Let every worker end; what it still brings is thrown away."""
        self._stopped.set()
        while workers:
            if isinstance(self._queue.get(), _Done):
                workers -= 1


def in_parallel(
    jobs: Iterable[Callable[[], Iterator[T]]], *, workers: int, ahead: int | None = None
) -> Iterator[T]:
    """What ``jobs`` yield, as it comes, each job in one of ``workers`` threads.

    Args:
        jobs: taken one by one; what one yields stays in its own order.
        workers: most jobs at one time.
        ahead: items that may wait for the consumer before workers pause; twice the
            workers by default.

    Raises:
        BaseException: the first one of a job; the others are stopped.
    """
    crew: _Workers[T] = _Workers(jobs, ahead or 2 * workers)
    crew.start(workers)
    yield from crew.items(workers)
