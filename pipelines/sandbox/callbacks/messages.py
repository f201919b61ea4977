"""What a callback says, and its signature, as ConnectWise was seen to send them.

The record travels as JSON inside a JSON string and is thinner than a GET of it; a
deleted record is null.
"""

import base64
import hashlib
import hmac
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import msgspec

KEY_PATH = "/system/callbackkey/index.rails"
SIGNATURE = "x-content-signature"
_LEFT_OUT = frozenset({"customFields"})


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The key that all messages of one sandbox are signed with."""

    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    def sign(self, body: bytes) -> str:
        """base64 of HMAC-SHA256, whose key is the SHA-256 of the secret."""
        key = hashlib.sha256(self.secret.encode()).digest()
        return base64.b64encode(hmac.digest(key, body, "sha256")).decode("ascii")


@dataclass(frozen=True, slots=True)
class Sender:
    """Which sandbox a message comes from.

    Attributes:
        host: its host and port.
        root: its address up to the codebase, ending in a slash.
        company_id: login company.
    """

    host: str
    root: str
    company_id: str

    def key_url(self, key: SigningKey) -> str:
        """Where the key is; the doubled slash is the vendor's own."""
        company = quote(self.company_id, safe="")
        return f"{self.root}{KEY_PATH}?companyName={company}&id={key.id}"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one record; ``record`` is None where it is deleted."""

    entity_type: str
    record_id: int
    action: str
    record: Mapping[str, Any] | None


def body_of(change: Change, *, entry_id: int, sender: Sender, key: SigningKey) -> bytes:
    """The bytes that are sent."""
    record = change.record
    message = {
        "Action": change.action,
        "CallbackObjectRecId": entry_id,
        "CompanyId": sender.company_id,
        "Entity": None if record is None else _thin(record),
        "FromUrl": sender.host,
        "ID": change.record_id,
        "MemberId": ((record or {}).get("_info") or {}).get("updatedBy", "sandbox"),
        "MessageId": str(uuid.uuid4()),
        "Metadata": {"key_url": sender.key_url(key)},
        "PartnerId": "000000000000000000000001",
        "ProductInstanceId": "000000000000000000000002",
        "Type": change.entity_type,
    }
    return msgspec.json.encode(message)


def address_of(url: str, change: Change) -> str:
    """The registered address with the record's id and the action behind it."""
    joint = "" if "?" in url else "?recordId="
    return f"{url}{joint}{change.record_id}&action={change.action}"


def _thin(record: Mapping[str, Any]) -> str:
    kept = {name: value for name, value in record.items() if name not in _LEFT_OUT}
    return msgspec.json.encode(kept).decode()
