"""The few forms of Markdown that the generated pages share."""

from collections.abc import Iterable, Sequence


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a pipe or line break inside a cell is made harmless."""
    lines = [_row(headings), _row(["---"] * len(headings))]
    return "\n".join([*lines, *(_row([_cell(c) for c in row]) for row in rows)]) + "\n"


def code(text: str) -> str:
    """``text`` in code style, or nothing if it is empty."""
    return f"`{text}`" if text else ""


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
