"""Keeps secrets out of logs, messages and files.

``Redactor`` replaces what is secret by its name (``private_key=…``), by its form (an
``Authorization`` header, a password in a URL), by its type (``SecretStr``), or
because it was named as a secret. It changes copies, never the value it is given.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import SecretBytes, SecretStr

HIDDEN = "***"
# A shorter literal would hide ordinary words: the sandbox's key is "public".
_SHORTEST_LITERAL = 8

_NAMES = (
    r"authorization|cookie|password|passwd|secret|token|api[_-]?key|"
    r"public[_-]?key|private[_-]?key|client[_-]?id|credentials?"
)
_SECRET_NAME = re.compile(rf"(?:^|[_\W])(?:{_NAMES})s?$", re.IGNORECASE)
_ASSIGNMENT = re.compile(
    rf"""((?:{_NAMES})["']?\s*[:=]\s*["']?)(?!(?:Basic|Bearer)\s)[^\s"',;&)}}]+""",
    re.IGNORECASE,
)
_SCHEME = re.compile(r"\b(Basic|Bearer)\s+[A-Za-z0-9+/._~=-]{6,}", re.IGNORECASE)
_URL_USER = re.compile(r"(\b[a-z][a-z0-9+.-]*://)[^\s/@]+@", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Redactor:
    """Hides secrets in text and in nested mappings and lists.

    Args:
        secrets: literal values that must never be written, wherever they appear;
            those shorter than 8 characters are left to the other rules.
    """

    def __init__(self, secrets: Iterable[str | SecretStr | None] = ()) -> None:
        values = {_plain(secret) for secret in secrets if secret}
        literals = sorted(v for v in values if len(v) >= _SHORTEST_LITERAL)
        pattern = "|".join(re.escape(v) for v in reversed(literals))
        self._literals = re.compile(pattern) if literals else None

    def text(self, value: str) -> str:
        """``value`` with each secret replaced by ``***``."""
        hidden = _SCHEME.sub(rf"\1 {HIDDEN}", value)
        hidden = _ASSIGNMENT.sub(rf"\1{HIDDEN}", hidden)
        hidden = _URL_USER.sub(rf"\1{HIDDEN}@", hidden)
        return self._literals.sub(HIDDEN, hidden) if self._literals else hidden

    def value(self, value: Any) -> Any:
        """A redacted copy of a string, mapping, list or tuple; else the value."""
        if isinstance(value, SecretStr | SecretBytes):
            return HIDDEN
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {key: self._named(str(key), item) for key, item in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self.value(item) for item in value]
        if isinstance(value, BaseException):
            return self.text(f"{type(value).__name__}: {value}")
        return value

    def _named(self, name: str, value: Any) -> Any:
        if value is not None and not isinstance(value, bool) and is_secret(name):
            return HIDDEN
        return self.value(value)


def is_secret(name: str) -> bool:
    """Whether a field of this name holds a secret (``privateKey``, ``x-token``)."""
    return _SECRET_NAME.search(_CAMEL.sub("_", name)) is not None


def _plain(secret: str | SecretStr) -> str:
    return secret.get_secret_value() if isinstance(secret, SecretStr) else secret
