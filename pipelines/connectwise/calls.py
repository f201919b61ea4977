"""Which call is spoken of, in events and in error texts.

A value without behaviour: it holds no address, no header and no parameter, so it
can be printed anywhere.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the API; ``page`` counts from 1 and is None outside lists."""

    method: str
    path: str
    page: int | None = None

    def __str__(self) -> str:
        place = f"{self.method} {self.path}"
        return place if self.page is None else f"{place}, page {self.page}"
