"""The ``_info`` links that ConnectWise adds to records and references.

A link is kept with a one-character placeholder for the address up to ``/apis/3.0/``,
which the server replaces by its own on a whole page at once.
"""

from collections.abc import Mapping
from typing import Any

ADDRESS = "\x7f"


def with_links(
    path: str, record: Mapping[str, Any], *, parent_id: int | None = None
) -> Mapping[str, Any]:
    """The record as the API serves it on ``path``."""
    del path, parent_id
    return record


def without_links(record: dict[str, Any]) -> dict[str, Any]:
    """The record as it was before ``with_links``."""
    return record
