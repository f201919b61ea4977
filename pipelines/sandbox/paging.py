"""The Link headers of the API's two kinds of paging.

Navigable pages name next, last, first and prev, with ``page`` as the last parameter;
forward-only pages name the next one by ``pageId`` and end with an empty value. Query
strings are encoded again as .NET does: lower-case hex, spaces as ``+``.
"""

import string
from collections.abc import Iterable

_PLAIN = frozenset((string.ascii_letters + string.digits + "-_.!*()").encode())


def navigable_links(
    url: str, query: Iterable[tuple[str, str]], *, page: int, last_page: int
) -> str:
    """Value of the Link header, empty where there is a single page."""
    kept = [(name, value) for name, value in query if name.lower() != "page"]
    targets: list[tuple[str, int]] = []
    if page < last_page:
        targets += [("next", page + 1), ("last", last_page)]
    if page > 1:
        targets += [("first", 1), ("prev", min(page - 1, last_page))]
    return ", ".join(
        f'<{url}?{encode([*kept, ("page", str(number))])}>; rel="{relation}"'
        for relation, number in targets
    )


def forward_link(url: str, query: Iterable[tuple[str, str]], *, last_id: int) -> str:
    """Value of the Link header of a forward-only page that is not the last."""
    dropped = {"page", "pageid"}
    kept = [(name, value) for name, value in query if name.lower() not in dropped]
    return f'<{url}?{encode([*kept, ("pageId", str(last_id))])}>; rel="next"'


def encode(query: Iterable[tuple[str, str]]) -> str:
    """A query string, encoded as .NET does."""
    return "&".join(f"{_encode(name)}={_encode(value)}" for name, value in query)


def _encode(text: str) -> str:
    return "".join(_encoded_byte(byte) for byte in text.encode())


def _encoded_byte(byte: int) -> str:
    if byte in _PLAIN:
        return chr(byte)
    return "+" if byte == 0x20 else f"%{byte:02x}"
