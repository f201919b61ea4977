"""Who may ask: Basic credentials, the clientId, and what the role grants."""

import base64
import binascii
import hmac
from collections.abc import Mapping
from uuid import UUID

from pipelines.sandbox.errors import no_page, not_granted, wrong_client_id, wrong_keys
from pipelines.sandbox.options import SandboxOptions
from pipelines.sandbox.roles import effective_role


def check_credentials(headers: Mapping[str, str], options: SandboxOptions) -> None:
    """Let a request pass that carries the right keys and a clientId.

    The scheme is ``Basic base64(company+public:private)``; the company is taken in
    any case.

    Raises:
        Refusal: 401; wrong keys may be 404, as the options say.
    """
    company, public_key, private_key = _credentials(headers.get("authorization", ""))
    given = f"{company.lower()}+{public_key}:{private_key}"
    expected = (
        f"{options.company_id.lower()}+{options.public_key}:{options.private_key}"
    )
    if not hmac.compare_digest(given.encode(), expected.encode()):
        raise wrong_keys() if options.bad_keys == "401" else no_page()
    check_client_id(headers)


def check_client_id(headers: Mapping[str, str]) -> None:
    """Let a request pass that carries a clientId.

    Raises:
        Refusal: 401.
    """
    try:
        UUID(headers.get("clientid", ""))
    except ValueError:
        raise wrong_client_id() from None


def check_grant(
    path: str, template: str, options: SandboxOptions, *, beside: str | None = None
) -> None:
    """Let a request pass that the role grants.

    Args:
        path: path below ``/apis/3.0`` as it was asked.
        template: list path that it belongs to.
        options: ``denied_paths`` and what the role denies count here.
        beside: the list that it is a twin of, whose own right it does not need.

    Raises:
        Refusal: 403.
    """
    for denied in (*options.denied_paths, *effective_role(options).denied):
        if beside and _is_below(beside, denied) and _is_below(denied, beside):
            continue
        if any(_is_below(each, denied) for each in (path, template)):
            raise not_granted()


def _is_below(path: str, denied: str) -> bool:
    lowered, root = path.lower(), denied.lower().rstrip("/")
    return lowered == root or lowered.startswith(root + "/")


def _credentials(header: str) -> tuple[str, str, str]:
    scheme, _, encoded = header.partition(" ")
    try:
        decoded = base64.b64decode(encoded, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return "", "", ""
    user, _, private_key = decoded.partition(":")
    company, _, public_key = user.partition("+")
    is_basic = scheme.lower() == "basic"
    return (company, public_key, private_key) if is_basic else ("", "", "")
