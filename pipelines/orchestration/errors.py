"""Find the sentence for people in what a library has wrapped around it.

dlt, dbt and Dagster each wrap an error in their own; the user needs the one that one
of our rooms raised, and nothing of the rest.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from pipelines.errors import PipelinesError
from pipelines.warehouse.disk import disk_full


def sentence_in(error: BaseException | None) -> PipelinesError | None:
    """The first of our errors in an exception's chain of causes, or a full disk."""
    seen: set[int] = set()
    cause = error
    while cause is not None and id(cause) not in seen:
        if isinstance(cause, PipelinesError):
            return cause
        seen.add(id(cause))
        cause = cause.__cause__ or cause.__context__
    return disk_full(error)


@contextmanager
def readable() -> Iterator[None]:
    """Let our own error out of the block instead of the library's around it."""
    try:
        yield
    except Exception as error:
        ours = sentence_in(error)
        if ours is None or ours is error:
            raise
        raise ours from None
