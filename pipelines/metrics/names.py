"""Names as people say them: ``company``, ``board``, ``month``; and nearest ones.

MetricFlow calls a dimension ``board__board_name``. Here ``board`` finds it, and what
is misspelt or means two things is answered with the names that are there.
"""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from pipelines.metrics.errors import MetricError, UnknownNameError

GRAINS = ("day", "week", "month", "quarter", "year")
TIME = "metric_time"
_JOIN = "__"


def friendly_names(dimensions: Iterable[str]) -> Mapping[str, str]:
    """Every dimension under the shortest name that means it alone.

    Args:
        dimensions: MetricFlow's names; those two joins away are left out, since what
            they mean is hard to say in a word.
    """
    full = [
        name
        for name in dimensions
        if name.count(_JOIN) == 1 and not name.startswith(TIME)
    ]
    shorts = {name: _short(name) for name in full}
    taken = list(shorts.values())
    return {
        (short if taken.count(short) == 1 else name): name
        for name, short in shorts.items()
    }


def is_cut(word: str) -> bool:
    """Whether it is worth cutting by; flags, counts and days are there to filter by."""
    return not word.startswith(("is_", "has_")) and not word.endswith(
        ("_count", "_date")
    )


def grains_of(dimensions: Iterable[str]) -> tuple[str, ...]:
    """The grains of time that metrics with these dimensions can be asked by."""
    start = f"{TIME}{_JOIN}"
    told = {name.removeprefix(start) for name in dimensions if name.startswith(start)}
    finest = min((GRAINS.index(one) for one in told if one in GRAINS), default=0)
    return GRAINS[finest:]


def resolve(word: str, dimensions: Sequence[str]) -> str:
    """MetricFlow's name of what a person calls ``word``.

    Raises:
        UnknownNameError: nothing of that name cuts these metrics.
        MetricError: several dimensions may be meant.
    """
    grains = grains_of(dimensions)
    if word in grains:
        return f"{TIME}{_JOIN}{word}"
    if word in GRAINS:
        raise MetricError(
            f"These metrics are not known by {word}; the finest is {grains[0]}."
        )
    if word in dimensions:
        return word
    names = friendly_names(dimensions)
    if word in names:
        return names[word]
    meant = [full for full in names.values() if full.split(_JOIN)[-1] == word]
    if len(meant) > 1:
        raise MetricError(
            f"{word!r} may be {' or '.join(sorted(meant))}; write one of them."
        )
    if meant:
        return meant[0]
    raise UnknownNameError(
        f"These metrics cannot be cut by {word!r}"
        + nearest(word, [*grains, *names], else_all=True)
    )


def nearest(word: str, known: Sequence[str], *, else_all: bool = False) -> str:
    """The end of a sentence about a name that is not there."""
    close = get_close_matches(word, known, n=3, cutoff=0.5)
    if not close:
        close = [name for name in known if word in name][:5]
    if close:
        return f"; did you mean {' or '.join(close)}?"
    return f"; there are {', '.join(known)}." if else_all and known else "."


def _short(name: str) -> str:
    entity, _, dimension = name.rpartition(_JOIN)
    return entity if dimension == f"{entity}_name" else dimension.removesuffix("_name")
