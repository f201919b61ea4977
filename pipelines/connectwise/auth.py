"""Credentials, and the signature made of them.

The only place where secrets are unwrapped. Values that print are masked by type, and
``redact`` masks them in text that a server sent.
"""

import re
from base64 import b64encode
from collections.abc import Generator
from dataclasses import dataclass

import httpx
from pydantic import SecretStr

from pipelines.errors import SettingsError

API_VERSION = "2026.4"
MASK = "***"
_SHORTEST_SECRET = 8  # Shorter ones are ordinary words, of our sandbox.


@dataclass(frozen=True, slots=True)
class Credentials:
    """An API member's keys and the integration's clientId (a GUID).

    Raises:
        SettingsError: a value is empty, or holds what a header cannot carry.
    """

    company_id: str
    public_key: SecretStr
    private_key: SecretStr
    client_id: SecretStr

    def __post_init__(self) -> None:
        _check("CW_COMPANY_ID", self.company_id)
        _check("CW_PUBLIC_KEY", self.public_key.get_secret_value())
        _check("CW_PRIVATE_KEY", self.private_key.get_secret_value())
        _check("CW_CLIENT_ID", self.client_id.get_secret_value())

    def redact(self, text: str) -> str:
        """Mask every secret in ``text``, also in the form that a header carries."""
        secrets = [key.get_secret_value() for key in self._secrets()]
        for secret in [_token(self), *secrets]:
            if len(secret) >= _SHORTEST_SECRET:
                text = text.replace(secret, MASK)
        return text

    def _secrets(self) -> tuple[SecretStr, ...]:
        return (self.private_key, self.public_key, self.client_id)


def accept_header(version: str | None) -> str:
    """Media type of one model version, or of the server's newest if None."""
    suffix = f"; version={version}" if version else ""
    return f"application/vnd.connectwise.com+json{suffix}"


class KeyAuth(httpx.Auth):
    """Basic auth and clientId, added as the request leaves.

    So no value of ours but this one ever holds a header with a secret in it.
    """

    def __init__(self, credentials: Credentials) -> None:
        self._credentials = credentials

    def auth_flow(
        self, request: httpx.Request
    ) -> Generator[httpx.Request, httpx.Response, None]:
        """Sign one request."""
        client_id = self._credentials.client_id.get_secret_value()
        request.headers["Authorization"] = f"Basic {_token(self._credentials)}"
        request.headers["clientId"] = client_id
        yield request


def _check(variable: str, value: str) -> None:
    if not value:
        raise SettingsError(f"{variable} is empty: set it in the environment or .env.")
    if not re.fullmatch(r"[!-~]+", value):
        raise SettingsError(
            f"{variable} holds a space, a line break or a letter outside ASCII: copy "
            "it again."
        )


def _token(credentials: Credentials) -> str:
    user = f"{credentials.company_id}+{credentials.public_key.get_secret_value()}"
    pair = f"{user}:{credentials.private_key.get_secret_value()}"
    return b64encode(pair.encode()).decode("ascii")
