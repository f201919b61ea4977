"""Callbacks written by hand, and a server that gives their key: both may lie."""

import base64
import hashlib
import hmac
import json
from typing import Any

from tests.support.http_server import INFO, Reply, ScriptedServer

KEY_ID = "0f2d1c3b-0000-4000-8000-000000000001"
SIGNING_KEY = "a signing key that only ConnectWise has"
KEY_PATH = "/v2026_4/system/callbackkey/index.rails"


def script_key(server: ScriptedServer, *replies: Reply) -> None:
    """Let ``server`` answer as the page of signing keys does."""
    good = Reply({"signing_key": SIGNING_KEY})
    server.script("/login/companyinfo/acme", INFO)
    server.script(KEY_PATH, *(replies or (good,)))


def key_url(origin: str, **changes: str) -> str:
    """The address of the key as ConnectWise writes it, doubled slash included."""
    asked = {"companyName": "Acme", "id": KEY_ID} | changes
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return f"{origin}/v2026_4//system/callbackkey/index.rails?{query}"


def message(url: str, **changes: Any) -> bytes:
    """The body of a callback, in the recorded form."""
    said = {
        "Action": "updated",
        "CallbackObjectRecId": 26604,
        "CompanyId": "acme",
        "Entity": json.dumps({"id": 7, "summary": "Printer"}),
        "FromUrl": "na.myconnectwise.net",
        "ID": 7,
        "MemberId": "mia",
        "MessageId": "00000000-0000-0000-0000-000000000003",
        "Metadata": {"key_url": url},
        "PartnerId": "1",
        "ProductInstanceId": "2",
        "Type": "ticket",
    }
    return json.dumps(said | changes).encode()


def sign(body: bytes, key: str = SIGNING_KEY) -> str:
    """The vendor's rule, written out."""
    inner = hashlib.sha256(key.encode()).digest()
    return base64.b64encode(hmac.new(inner, body, hashlib.sha256).digest()).decode()
