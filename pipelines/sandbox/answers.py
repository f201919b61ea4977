"""The outside of an answer: status, media type, headers and the links' address.

What is in an answer is decided by whoever makes it; here it gets the form that
ConnectWise gives it.
"""

import gzip
import uuid
from collections.abc import Mapping

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from pipelines.sandbox.catalogue import NEWEST_VERSION, OLDER_VERSION
from pipelines.sandbox.clock import Clock
from pipelines.sandbox.errors import Refusal
from pipelines.sandbox.links import ADDRESS
from pipelines.sandbox.options import SandboxOptions

API = "/apis/3.0"
JSON = "application/json; charset=utf-8"
_VENDOR_JSON = "application/vnd.connectwise.com+json"
_ADDRESS = ADDRESS.encode()
_FIXED_HEADERS = {
    "cache-control": "no-cache",
    "pragma": "no-cache",
    "expires": "-1",
    "server": "Microsoft-IIS/10.0",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "x-server-name": "sandbox",
}


def headers_of(clock: Clock, options: SandboxOptions) -> Mapping[str, str]:
    """What every answer carries."""
    return {
        **_FIXED_HEADERS,
        "api-current-version": options.api_version,
        "date": clock.http_date(options.amount_of("clock-skew")),
        "x-cw-request-id": str(uuid.uuid4()),
    }


def parted(path: str) -> tuple[str, str, str]:
    """A path as what is before ``/apis/3.0``, that in any case, and what follows."""
    place = path.lower().find(API)
    if place < 0:
        return path, "", ""
    end = place + len(API)
    return path[:place], path[place:end], path[end:]


def json_answer(
    request: Request,
    content: bytes,
    headers: Mapping[str, str] | None = None,
    *,
    status: int = 200,
) -> Response:
    """A JSON answer whose links carry the address that was asked."""
    root = parted(request.url.path)[0].strip("/")
    address = f"{request.url.scheme}://{request.url.netloc}/{root}{API}/"
    return Response(
        content.replace(_ADDRESS, address.encode()),
        status,
        headers={
            "content-type": _content_type(request.headers.get("accept", "")),
            **(headers or {}),
        },
    )


def plain_json(content: bytes) -> Response:
    """A JSON answer from outside the API's versions."""
    return Response(content, headers={"content-type": JSON})


def refused(refusal: Refusal) -> Response:
    """The answer to a refused request."""
    body = refusal.body
    content = body.encode() if isinstance(body, str) else msgspec.json.encode(body)
    return Response(
        content, refusal.status, headers={"content-type": JSON, **refusal.headers}
    )


def model_version(accept: str, options: SandboxOptions) -> str:
    """Which of the two models an answer has: the older one if it is pinned."""
    return version_of(_asked_version(accept) or "", options)


def version_of(asked: str, options: SandboxOptions) -> str:
    """The model of a version such as ``2023.1``; the newest where it is none."""
    year, _, number = asked.partition(".")
    if not (year.isdecimal() and number.isdecimal()):
        return options.api_version
    newest_year, newest_number = NEWEST_VERSION.split(".")
    is_old = (int(year), int(number)) < (int(newest_year), int(newest_number))
    return OLDER_VERSION if is_old else options.api_version


def compressed(request: Request, response: Response) -> Response:
    """The answer in gzip for a client that takes it."""
    if "gzip" not in request.headers.get("accept-encoding", "").lower():
        return response
    if response.body and "content-encoding" not in response.headers:
        response.body = gzip.compress(bytes(response.body), compresslevel=1)
        response.headers["content-encoding"] = "gzip"
        response.headers["vary"] = "Accept-Encoding"
        response.headers["content-length"] = str(len(response.body))
    return response


def _content_type(accept: str) -> str:
    """The vendor's media type with its version where it was asked, else JSON."""
    version = _asked_version(accept)
    if version is None:
        return JSON
    suffix = f"; version={version}" if version else ""
    return f"{_VENDOR_JSON}{suffix}; charset=utf-8"


def _asked_version(accept: str) -> str | None:
    """Version of the first vendor type in Accept, empty without one, None if none."""
    for media_type in accept.split(","):
        name, _, version = media_type.replace(" ", "").partition(";version=")
        if name.lower() == _VENDOR_JSON:
            return version
    return None
