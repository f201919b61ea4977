"""Find the sentence for people in what a library has wrapped around it.

dlt, dbt and Dagster each wrap an error in their own; the user needs the one that one
of our rooms raised, and nothing of the rest.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from pipelines.errors import PipelinesError


def sentence_in(error: BaseException | None) -> PipelinesError | None:
    """The first of our errors in an exception's chain of causes."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, PipelinesError):
            return error
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return None


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
