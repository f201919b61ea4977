"""What an answer means: its error if it is one, its body if that is whole.

Statuses and bodies are those recorded from live tenants and named in the vendor's
developer guide. A body that is HTML, empty or cut off never leaves this file.
"""

import re
from codecs import getincrementaldecoder
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import msgspec

from pipelines.connectwise.calls import Call
from pipelines.connectwise.errors import (
    TRY_LATER,
    AuthenticationError,
    BadRequestError,
    ClientIdError,
    CompanyNotFoundError,
    ConnectWiseError,
    GatewayNotFoundError,
    HostUnreachableError,
    MalformedResponseError,
    NotFoundError,
    NotGrantedError,
    RateLimitedError,
    RequestTimedOutError,
    ServerError,
)

_LONGEST_QUOTE = 200
_PIECE = 8_192
_EDGE_STATUSES = {502, 503, 504, *range(520, 528)}
_ROWS = msgspec.json.Decoder(list[msgspec.Raw])
_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_ABOUT_QUERY = {"ApiFindCondition", "InvalidObject"}
# Every escape is taken whole, so that an escaped backslash begins none.
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB]..\\u[dD][c-fC-F]..|(?P<half>u[dD][89a-fA-F]..)|.)", re.DOTALL
)
_TIMED_OUT = re.compile(r"time[d ]?-?\s?out", re.IGNORECASE)

Redact = Callable[[str], str]


def request_id_of(response: httpx.Response) -> str | None:
    """``x-cw-request-id``, which the vendor's support asks for."""
    return str(response.headers.get("x-cw-request-id", "")) or None


def server_date_of(response: httpx.Response, call: Call) -> datetime:
    """The ``Date`` header in UTC: the only clock that watermarks may use.

    Raises:
        MalformedResponseError: the header is absent or unreadable.
    """
    parsed = _http_date(response.headers.get("date", ""))
    if parsed is None:
        raise MalformedResponseError(
            "The answer has no readable Date header",
            remedy="check what stands between this machine and ConnectWise",
            call=call,
            status=response.status_code,
            request_id=request_id_of(response),
        )
    return parsed


def rows_of(
    response: httpx.Response, call: Call, *, or_object: bool = False
) -> tuple[bytes, list[msgspec.Raw]]:
    """The bytes of a JSON array, and its rows, undecoded, after one pass over all.

    The bytes are those received, but for halves of a surrogate pair (text that was
    cut inside an emoji): they become U+FFFD, since UTF-8 cannot hold them. With
    ``or_object`` one record, an object with an id, is read as an array of one.

    Raises:
        MalformedResponseError: not a complete JSON array.
    """
    _refuse_html(response, call)
    try:
        _check_text(response.content)
        if or_object and response.content.lstrip()[:1] == b"{":
            return _record_as_rows(response.content)
        return _rows(response.content)
    except msgspec.ValidationError as error:
        raise _malformed(response, call, "not a JSON array", again=False) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _malformed(response, call, "not complete JSON") from error


def value_of(response: httpx.Response, call: Call) -> Any:
    """The decoded JSON of an answer.

    Raises:
        MalformedResponseError: not complete JSON.
    """
    _refuse_html(response, call)
    try:
        return msgspec.json.decode(response.content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _malformed(response, call, "not complete JSON") from error


def fault_of(
    response: httpx.Response, call: Call, *, redact: Redact
) -> ConnectWiseError:
    """The error that a status other than 2xx stands for."""
    body = _json_object(response)
    fault = _fault(response, body, quoted=redact(_message(response, body)))
    fault.call = call
    fault.status = response.status_code
    fault.request_id = request_id_of(response)
    fault.codes = _codes(body or {})
    fault.server_date = _http_date(response.headers.get("date", ""))
    return fault


def _fault(
    response: httpx.Response, body: dict[str, Any] | None, *, quoted: str
) -> ConnectWiseError:
    status = response.status_code
    if status == 429:
        return RateLimitedError(
            "ConnectWise limits the rate of requests (429)",
            remedy="lower CWP_SYNC__RATE_LIMIT_PER_MINUTE or run at a quieter time",
            retryable=True,
            retry_after=_retry_after(response),
        )
    if status >= 500 or status == 408:
        return _server_fault(response, body, quoted=quoted)
    return _setup_fault(response, body, quoted=quoted) or _call_fault(
        response, body, quoted=quoted
    )


def _server_fault(
    response: httpx.Response, body: dict[str, Any] | None, *, quoted: str
) -> ConnectWiseError:
    status = response.status_code
    timed_out = status in (408, 504) or bool(_TIMED_OUT.search(quoted))
    kind = RequestTimedOutError if timed_out else ServerError
    transient = timed_out or status in _EDGE_STATUSES or body is None
    return kind(
        f"ConnectWise failed with {status}{_said(quoted)}",
        remedy=TRY_LATER,
        retryable=transient,
        retry_after=_retry_after(response),
    )


def _setup_fault(
    response: httpx.Response, body: dict[str, Any] | None, *, quoted: str
) -> ConnectWiseError | None:
    """Faults of the set-up, whatever status they come with."""
    status, text = response.status_code, quoted.lower()
    if "cannot route" in text:
        return CompanyNotFoundError(
            f"The ConnectWise gateway knows no such company or codebase ({status})",
            remedy="check CW_COMPANY_ID and CW_BASE_URL",
        )
    if "ssl is required" in text:
        return HostUnreachableError(
            f"The address is the user interface's, not the API's ({status})",
            remedy="check CW_BASE_URL, which needs https and the API's host",
        )
    if "clientid" in text and (body or {}).get("code") not in _ABOUT_QUERY:
        return ClientIdError(
            f"ConnectWise refused the clientId ({status}{_said(quoted)})",
            remedy="check CW_CLIENT_ID, a GUID registered at developer.connectwise.com",
        )
    if status < 400:
        return HostUnreachableError(
            f"The address redirects elsewhere ({status})",
            remedy="check CW_BASE_URL, which must be the ConnectWise host itself",
        )
    return None


def _call_fault(
    response: httpx.Response, body: dict[str, Any] | None, *, quoted: str
) -> ConnectWiseError:
    status = response.status_code
    if status == 401:
        return AuthenticationError(
            f"ConnectWise refused the keys (401{_said(quoted)})",
            remedy="check CW_PUBLIC_KEY and CW_PRIVATE_KEY, and that they belong to "
            "the company of CW_COMPANY_ID",
        )
    if status == 403:
        return _forbidden(response, quoted=quoted)
    if status == 404:
        return _missing(body, quoted=quoted)
    return BadRequestError(
        f"ConnectWise refused the request ({status}{_said(quoted)})",
        remedy="check the condition and field names of this call",
    )


def _forbidden(response: httpx.Response, *, quoted: str) -> ConnectWiseError:
    if _is_html(response):
        return HostUnreachableError(
            "A gateway in front of ConnectWise blocks this machine (403 as a web page)",
            remedy="check CW_BASE_URL, proxies and firewalls",
        )
    return NotGrantedError(
        f"The endpoint is not granted (403{_said(quoted)})",
        remedy="grant inquire rights to it in the API member's security role, or go "
        "without it",
    )


def _missing(body: dict[str, Any] | None, *, quoted: str) -> ConnectWiseError:
    if body is None:
        return GatewayNotFoundError(
            "The ConnectWise gateway answered 404, which on cloud hosts also means "
            "wrong keys",
            remedy="check CW_PUBLIC_KEY, CW_PRIVATE_KEY, CW_COMPANY_ID and CW_BASE_URL",
        )
    return NotFoundError(
        f"ConnectWise does not have it (404{_said(quoted)})",
        remedy="check that the record or endpoint exists in this version of the tenant",
    )


def _refuse_html(response: httpx.Response, call: Call) -> None:
    if _is_html(response):
        raise _malformed(response, call, "a web page")
    if not response.content.strip():
        raise _malformed(response, call, "empty")


def _malformed(
    response: httpx.Response, call: Call, what: str, *, again: bool = True
) -> MalformedResponseError:
    return MalformedResponseError(
        f"ConnectWise's answer is {what} ({response.status_code}, "
        f"{len(response.content)} bytes)",
        remedy=f"check CW_BASE_URL and proxies, or {TRY_LATER}",
        call=call,
        status=response.status_code,
        request_id=request_id_of(response),
        retryable=again,
    )


def _is_html(response: httpx.Response) -> bool:
    typed = "html" in response.headers.get("content-type", "").lower()
    return typed or response.content.lstrip()[:1] == b"<"


def _check_text(content: bytes) -> None:
    """Refuse what is not UTF-8; in pieces, since a page is a long text to build."""
    if content.isascii():
        return
    decoder = getincrementaldecoder("utf-8")()
    for start in range(0, len(content), _PIECE):
        decoder.decode(content[start : start + _PIECE])
    decoder.decode(b"", final=True)


def _rows(content: bytes) -> tuple[bytes, list[msgspec.Raw]]:
    try:
        return content, _ROWS.decode(content)
    except msgspec.DecodeError:
        mended = _ESCAPE.sub(_mended, content)
        return mended, _ROWS.decode(mended)


def _record_as_rows(content: bytes) -> tuple[bytes, list[msgspec.Raw]]:
    """One object, which must have an id: the description of a fault has none."""
    listed, rows = _rows(b"[" + content + b"]")
    if "id" not in _OBJECT.decode(rows[0]):
        raise msgspec.ValidationError("an object without an id is no record")
    return listed, rows


def _mended(escape: re.Match[bytes]) -> bytes:
    return rb"\ufffd" if escape["half"] else escape[0]


def _json_object(response: httpx.Response) -> dict[str, Any] | None:
    try:
        body = msgspec.json.decode(response.content)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return body if isinstance(body, dict) else None


def _message(response: httpx.Response, body: dict[str, Any] | None) -> str:
    if body is None:
        text = "" if _is_html(response) else response.text
    else:
        text = ". ".join(_messages(body))
    return "".join(c for c in " ".join(text.split()) if c.isprintable())


def _codes(body: dict[str, Any]) -> tuple[str, ...]:
    details = body.get("errors")
    listed = [body, *details] if isinstance(details, list) else [body]
    codes = (item.get("code") for item in listed if isinstance(item, dict))
    return tuple(code for code in codes if isinstance(code, str))


def _messages(body: dict[str, Any]) -> list[str]:
    details = body.get("errors")
    listed = [body, *details] if isinstance(details, list) else [body]
    texts = [item.get("message") for item in listed if isinstance(item, dict)]
    return [text.rstrip(".") for text in texts if isinstance(text, str) and text]


def _said(quoted: str) -> str:
    short = quoted[:_LONGEST_QUOTE]
    return f", “{short}”" if short else ""


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds to wait, from a number of seconds or an HTTP date (RFC 9110)."""
    value = response.headers.get("retry-after", "").strip()
    if value.isdigit():
        return float(value)
    until = _http_date(value)
    if until is None:
        return None
    now = _http_date(response.headers.get("date", "")) or datetime.now(UTC)
    return max(0.0, (until - now).total_seconds())


def _http_date(value: str) -> datetime | None:
    try:
        parsed = parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    return parsed.replace(tzinfo=parsed.tzinfo or UTC).astimezone(UTC)
