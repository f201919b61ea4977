"""The body of a callback, as far as a hint needs it.

``Entity`` is JSON inside a JSON string, thinner than the record itself, and null for
a deleted one; it is looked at for nothing. Names that are not known are passed over,
for the vendor adds some.
"""

import hashlib
from dataclasses import dataclass
from typing import Literal, cast, get_args

import msgspec

from pipelines.connectwise.errors import CallbackRefusedError

Action = Literal["added", "updated", "deleted"]

_HIGHEST_ID = 2**31 - 1
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Callback:
    """What a message says happened.

    Attributes:
        type: kind of record, one of the vendor's names in lower case.
        action: added, updated or deleted.
        record_id: the record's id.
        message_id: the vendor's, or where it is absent a hash of the body; the same
            message delivered again has the same.
        key_url: where the sender says its signing key is; not to be trusted.
    """

    type: str
    action: Action
    record_id: int
    message_id: str
    key_url: str


class _Metadata(msgspec.Struct):
    key_url: str


class _Body(msgspec.Struct):
    type: str = msgspec.field(name="Type")
    action: str = msgspec.field(name="Action")
    record_id: int = msgspec.field(name="ID")
    metadata: _Metadata = msgspec.field(name="Metadata")
    message_id: str | None = msgspec.field(name="MessageId", default=None)


_DECODER = msgspec.json.Decoder(_Body)


def parse(body: bytes) -> Callback:
    """Read a message whose signature is still to be checked.

    Raises:
        CallbackRefusedError: it is no callback of ConnectWise.
    """
    try:
        said = _DECODER.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise CallbackRefusedError("the body is not a callback's") from None
    action, kind = said.action.lower(), said.type.lower()
    known = action in get_args(Action) and 0 < said.record_id <= _HIGHEST_ID
    if not known or not kind.isalnum() or len(kind) > _LONGEST_NAME:
        raise CallbackRefusedError("the type, action or id is not a callback's")
    return Callback(
        type=kind,
        action=cast("Action", action),
        record_id=said.record_id,
        message_id=_message_id(said.message_id, body),
        key_url=said.metadata.key_url,
    )


def _message_id(given: str | None, body: bytes) -> str:
    usable = given and len(given) <= _LONGEST_NAME and given.isprintable()
    return given if given and usable else hashlib.sha256(body).hexdigest()
