"""Registrations of callbacks: their routes, and who is told of a change.

``GET/POST /system/callbacks``, ``/count``, ``GET/DELETE /system/callbacks/{id}`` and
the page that hands out signing keys. Entries live as long as the sandbox; every one
is of level ``owner`` in effect, so each change of its type is sent.
"""

import itertools
import threading
import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import msgspec

from pipelines.sandbox.callbacks.deliveries import Deliveries, Parcel
from pipelines.sandbox.callbacks.messages import (
    Change,
    Sender,
    SigningKey,
    address_of,
    body_of,
)
from pipelines.sandbox.errors import (
    Refusal,
    malformed_body,
    no_endpoint,
    no_page,
    not_found,
    wrong_method,
)

PATH = "/system/callbacks"
TYPES = frozenset(
    [
        "activity",
        "agreement",
        "company",
        "configuration",
        "contact",
        "expense",
        "invoice",
        "member",
        "opportunity",
        "productcatalog",
        "project",
        "purchaseorder",
        "schedule",
        "site",
        "ticket",
        "time",
    ]
)
LEVELS = frozenset(
    [
        "owner",
        "status",
        "type",
        "board",
        "company",
        "territory",
        "location",
        "integratortag",
    ]
)
_FIRST_ID = 26552
_MEMBER = 243
_RESOURCE = "callbackEntry"

Entry = dict[str, Any]


class Callbacks:
    """The registrations of one sandbox; safe between threads.

    Args:
        company_id: login company.
        deliveries: what sends; a new one by default.
    """

    def __init__(
        self,
        *,
        company_id: str,
        deliveries: Deliveries | None = None,
    ) -> None:
        self.deliveries = deliveries or Deliveries()
        self.key = SigningKey()
        self._company_id = company_id
        self._lock = threading.Lock()
        self._entries: dict[int, Entry] = {}
        self._senders: dict[int, Sender] = {}
        self._ids = itertools.count(_FIRST_ID)

    def on_change(
        self,
        entity_type: str,
        record_id: int,
        action: str,
        record: Mapping[str, Any] | None,
    ) -> None:
        """Send a change to all who asked for its type."""
        change = Change(entity_type, record_id, action, record)
        with self._lock:
            asked = [e for e in self._entries.values() if e["type"] == entity_type]
            told = [(e, self._senders[e["id"]]) for e in asked if not e["inactiveFlag"]]
        for entry, sender in told:
            body = body_of(change, entry_id=entry["id"], sender=sender, key=self.key)
            url = address_of(entry["url"], change)
            self.deliveries.send(Parcel(url, body, self.key.sign(body)))

    def signing_key(self, query: Mapping[str, str]) -> bytes:
        """The key page's answer; an unknown key is a page that is not there.

        Raises:
            Refusal: 404.
        """
        given = {name.lower(): value.lower() for name, value in query.items()}
        company = given.get("companyname") == self._company_id.lower()
        if not company or given.get("id") != self.key.id:
            raise no_page()
        return msgspec.json.encode({"signing_key": self.key.secret})

    def answer(
        self, method: str, rest: str, *, content: bytes, root: str, stamp: str
    ) -> tuple[int, bytes]:
        """Status and body for a request below ``/system/callbacks``.

        Args:
            method: the verb.
            rest: what stands behind the path: nothing, ``/count`` or ``/{id}``.
            content: the body that was sent.
            root: the sandbox's address up to the codebase, ending in a slash.
            stamp: the sandbox's present, as records have it.

        Raises:
            Refusal: anything that ConnectWise would refuse.
        """
        match method, rest:
            case "GET", "":
                return 200, msgspec.json.encode(list(self._entries.values()))
            case "GET", "/count":
                return 200, msgspec.json.encode({"count": len(self._entries)})
            case "POST", "":
                return 201, msgspec.json.encode(self._add(content, root, stamp))
            case (("GET" | "DELETE"), _) if rest[1:].isdecimal():
                return self._one(method, int(rest[1:]))
            case _, ("" | "/count"):
                raise wrong_method(method, allowed="GET")
        raise no_endpoint()

    def _one(self, method: str, entry_id: int) -> tuple[int, bytes]:
        with self._lock:
            if method == "GET" and entry_id in self._entries:
                return 200, msgspec.json.encode(self._entries[entry_id])
            if entry_id in self._entries:
                del self._entries[entry_id]
                return 204, b""
        raise not_found("Callback", entry_id) if method == "GET" else no_endpoint()

    def _add(self, content: bytes, root: str, stamp: str) -> Entry:
        wanted = _wanted(content)
        with self._lock:
            if any(_is_same(wanted, entry) for entry in self._entries.values()):
                message = "A matching callback entry already exists"
                raise _invalid([("ObjectExists", message, "objectId")])
            entry = self._entry(wanted, stamp)
            self._entries[entry["id"]] = entry
            host = urlsplit(root).netloc
            self._senders[entry["id"]] = Sender(host, root, self._company_id)
        return entry

    def _entry(self, wanted: Entry, stamp: str) -> Entry:
        return {
            "id": next(self._ids),
            "url": wanted["url"],
            "objectId": wanted["objectId"],
            "type": wanted["type"],
            "level": wanted["level"],
            "memberId": _MEMBER,
            "payloadVersion": wanted.get("payloadVersion", "3.0.0"),
            "inactiveFlag": bool(wanted.get("inactiveFlag")),
            "isSoapCallbackFlag": False,
            "isSelfSuppressedFlag": bool(wanted.get("isSelfSuppressedFlag")),
            "connectWiseID": str(uuid.uuid4()),
            "_info": {"lastUpdated": stamp, "updatedBy": "sandbox"},
        }


def _wanted(content: bytes) -> Entry:
    try:
        wanted = msgspec.json.decode(content, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise malformed_body() from None
    faults = [*_missing(wanted), *_unusable(wanted)]
    if faults:
        raise _invalid(faults)
    object_id = wanted["objectId"] or 1
    return {**wanted, "type": wanted["type"].lower(), "objectId": object_id}


def _missing(wanted: Entry) -> list[tuple[str, str, str]]:
    return [
        ("MissingRequiredField", f"The {name} field is required.", name)
        for name in ("url", "objectId", "type", "level")
        if wanted.get(name) is None
    ]


def _unusable(wanted: Entry) -> list[tuple[str, str, str]]:
    """Faults of the values that are there; that of the type is worded by guess."""
    faults = []
    url, kind = str(wanted.get("url", "")), str(wanted.get("type", ""))
    if url and not _is_address(url):
        faults.append(("InvalidField", "Invalid URL", "url"))
    if kind and kind.lower() not in TYPES:
        faults.append(("InvalidObject", "Unrecognized type", "type"))
    if str(wanted.get("level", "owner")).lower() not in LEVELS:
        message = (
            "Unrecognized level for type, see documentation for supported levels "
            "for each type"
        )
        faults.append(("InvalidObject", message, "level"))
    return faults


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _is_same(wanted: Entry, entry: Entry) -> bool:
    return all(wanted[n] == entry[n] for n in ("url", "objectId", "type", "level"))


def _invalid(faults: list[tuple[str, str, str]]) -> Refusal:
    errors = [
        {"code": code, "message": message, "resource": _RESOURCE, "field": field}
        for code, message, field in faults
    ]
    body = {
        "code": "InvalidObject",
        "message": f"{_RESOURCE} object is invalid",
        "errors": errors,
    }
    return Refusal(400, body)
