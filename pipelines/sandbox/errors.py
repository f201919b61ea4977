"""How the sandbox refuses a request: ConnectWise's statuses, codes and bodies.

The texts are the API's own words where they were seen; a refusal whose wording is
nowhere recorded says so in its docstring. Which request is refused is decided in
``security``, ``limits``, ``parameters``, ``compiler`` and ``routes``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

HTML_NOT_FOUND = (
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN">\r\n'
    "<html><head><title>404 - File or directory not found.</title></head>\r\n"
    "<body><h1>Server Error</h1><h2>404 - File or directory not found.</h2>\r\n"
    "</body></html>\r\n"
)
CANNOT_ROUTE = "Cannot route. Codebase/company is invalid"


@dataclass(slots=True)
class Refusal(Exception):  # noqa: N818  (an answer of the API, not a failure of ours)
    """An answer other than the one asked for."""

    status: int
    body: Mapping[str, Any] | str
    headers: Mapping[str, str] = field(default_factory=dict)


def unknown_name(name: str) -> Refusal:
    """A name in conditions or orderBy that the record does not have."""
    return _refusal(400, "ApiFindCondition", f"{name} is not a recognized name.")


def malformed_condition(what: str) -> Refusal:
    """Conditions that do not parse. Code and wording are a guess."""
    return _refusal(400, "ApiFindCondition", what)


def out_of_range(name: str, *, lowest: int, highest: int) -> Refusal:
    """A parameter beyond its bounds."""
    message = f"The field {name} must be between {lowest} and {highest}."
    return invalid_object(name, "OutOfRange", message, field=name)


def invalid_object(resource: str, code: str, message: str, *, field: str) -> Refusal:
    """A written object that fails the validation of one field."""
    detail = {"code": code, "message": message, "resource": resource, "field": field}
    body = {
        "code": "InvalidObject",
        "message": f"{resource} object is invalid",
        "errors": [detail],
    }
    return Refusal(400, body)


def inconvertible(value: object, kind: str, path: str) -> Refusal:
    """A value of another type than its field."""
    message = f"Error converting value \"{value}\" to type '{kind}'. Path '{path}'."
    return _refusal(400, "ConnectWiseApi", message)


def unknown_member(name: str, *, position: int, kind: str = "FilterValues") -> Refusal:
    """A key in a body that its type does not have."""
    message = (
        f"Could not find member '{name}' on object of type '{kind}'. "
        f"Path '{name}', line 1, position {position}."
        "Check your accept header to make sure you are using the correct version."
    )
    return _refusal(400, "ConnectWiseApi", message)


def malformed_body() -> Refusal:
    """A body that is not a JSON object. The wording is a guess."""
    return _refusal(400, "ConnectWiseApi", "The request body could not be read.")


def wrong_keys() -> Refusal:
    """No credentials, or wrong ones."""
    return _refusal(401, "Unauthorized", "Incorrect public/private key")


def wrong_client_id() -> Refusal:
    """No clientId, or one that is no GUID. Status and wording are a guess."""
    message = "The clientId header is missing or is not a registered clientId."
    return _refusal(401, "Unauthorized", message)


def not_granted() -> Refusal:
    """The member's security role lacks the right."""
    message = "You do not have security permission to perform this action."
    return _refusal(403, "Security", message)


def not_found(label: str, key: object) -> Refusal:
    """No record has this id."""
    return _refusal(404, "NotFound", f"{label} {key} not found")


def unpatchable(path: str) -> Refusal:
    """A PATCH operation that cannot be carried out. The wording is a guess."""
    message = f"The target location specified by path '{path}' could not be patched."
    return _refusal(400, "ConnectWiseApi", message)


def no_time_entry() -> Refusal:
    """Time on a ticket whose status takes none."""
    message = "Please update the status of this ticket before entering time."
    return _refusal(400, "TimeEntryApi", message)


def no_endpoint() -> Refusal:
    """A path that the API does not have."""
    return _refusal(404, "ConnectWiseApi", "The endpoint does not exist.")


def no_page() -> Refusal:
    """A path outside the API: the web server's own page, not JSON."""
    return Refusal(404, HTML_NOT_FOUND, {"content-type": "text/html"})


def cannot_route() -> Refusal:
    """A doubled API path, as the cloud's gateway answers it."""
    return Refusal(400, CANNOT_ROUTE, {"content-type": "text/plain"})


def wrong_method(method: str, *, allowed: str) -> Refusal:
    """A verb that the path does not take here. The wording is ASP.NET's usual one."""
    message = f"The requested resource does not support http method '{method}'."
    refusal = _refusal(405, "ConnectWiseApi", message)
    refusal.headers = {"allow": allowed}
    return refusal


def too_many_requests(seconds: int) -> Refusal:
    """The rate limit is used up for so many seconds."""
    message = f"Too many requests. Please try again in {seconds} seconds."
    body = {"error": "ConnectWiseAPI", "message": message}
    return Refusal(429, body, {"retry-after": str(seconds)})


def storm(seconds: float, retry_after: str | None) -> Refusal:
    """Too many requests, whoever asked; Retry-After may be missing."""
    refusal = too_many_requests(round(seconds))
    refusal.headers = {"retry-after": retry_after} if retry_after else {}
    return refusal


def no_order_by() -> Refusal:
    """An orderBy where paging goes by id. The wording is a guess."""
    message = "OrderBy is not supported with forward-only pagination."
    return _refusal(400, "ConnectWiseApi", message)


def _refusal(status: int, code: str, message: str) -> Refusal:
    return Refusal(status, {"code": code, "message": message})
