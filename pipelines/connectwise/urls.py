"""Addresses of calls: paths, parameters, their escaping and their length."""

import re
from collections.abc import Mapping
from urllib.parse import quote

API_ROOT = "/apis/3.0"
MAX_URL_LENGTH = 2000  # The vendor's guide recommends to stay below.

_PATH = re.compile(r"(/[A-Za-z0-9_.~-]+)+\Z")

Params = Mapping[str, str]


def check_path(path: str) -> str:
    """Refuse anything but a plain path below ``…/apis/3.0``.

    Raises:
        ValueError: an address, a query string, an unfilled ``{…}`` or a ``..``.
    """
    if not _PATH.match(path) or ".." in path:
        raise ValueError(f"{path!r} is not a path such as '/service/tickets'.")
    return path


def url_of(api_url: str, path: str, params: Params) -> str:
    """The full address; every value percent-encoded, a space as ``%20``.

    A ``+`` would reach ConnectWise as a space, so none is left bare.
    """
    pairs = [f"{name}={quote(text, safe=',()')}" for name, text in params.items()]
    return f"{api_url}{path}{'?' if pairs else ''}{'&'.join(pairs)}"
