"""How a list is read to its end.

One tiny state machine per kind of paging: each says which parameters the next
request carries and when the end is reached. Sending, retrying and decoding belong to
``client.py``.
"""

from enum import StrEnum


class Paging(StrEnum):
    """The kind of paging an endpoint answers to."""

    FORWARD_ONLY = "forward-only"
    NAVIGABLE = "navigable"
    KEYSET = "keyset"
