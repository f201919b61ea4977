"""The parameters of a list request, from the query string or a search's body.

Names are read in any case and unknown ones are tolerated in the query string; the
body of a search takes four keys and refuses any other, as the API does.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from pipelines.sandbox.catalogue import NEWEST_VERSION
from pipelines.sandbox.errors import (
    malformed_body,
    no_order_by,
    out_of_range,
    unknown_member,
)
from pipelines.sandbox.options import SandboxOptions

LARGEST_PAGE = 1_000
_DEFAULT_PAGE = 25
_LARGEST_INTEGER = 2**31 - 1
_BODY_KEYS = {
    "conditions": "conditions",
    "childconditions": "child_conditions",
    "customfieldconditions": "custom_field_conditions",
    "orderby": "order_by",
}


@dataclass(frozen=True, slots=True)
class ListRequest:
    """Which records are wanted, in which order and form.

    ``page_id`` counts only where ``is_forward_only``, ``page`` only where it is not;
    ``version`` is that of the model in which records are wanted.
    """

    conditions: str = ""
    child_conditions: str = ""
    custom_field_conditions: str = ""
    order_by: str = ""
    fields: tuple[str, ...] = ()
    page: int = 1
    page_size: int = _DEFAULT_PAGE
    page_id: int = 0
    is_forward_only: bool = False
    version: str = NEWEST_VERSION


def read_parameters(
    query: Iterable[tuple[str, str]],
    options: SandboxOptions,
    *,
    pagination_type: str = "",
) -> ListRequest:
    """Read a query string's pairs and the ``pagination-type`` header.

    Raises:
        Refusal: 400, a page or page size is out of range, or the options refuse an
            ``orderBy`` in forward-only paging.
    """
    given = {name.lower(): value.strip() for name, value in query}
    fields = (name.strip() for name in given.get("fields", "").split(","))
    is_forward_only = pagination_type.strip().lower() == "forward-only"
    if is_forward_only and options.forward_order_by == "refuse":
        _check_by_id(given.get("orderby", ""))
    return ListRequest(
        conditions=given.get("conditions", ""),
        child_conditions=given.get("childconditions", ""),
        custom_field_conditions=given.get("customfieldconditions", ""),
        order_by=given.get("orderby", ""),
        fields=tuple(name for name in fields if name),
        page=_bounded(given, "page", default=1, lowest=1, highest=_LARGEST_INTEGER),
        page_size=_page_size(given, options),
        page_id=_bounded(
            given, "pageId", default=0, lowest=0, highest=_LARGEST_INTEGER
        ),
        is_forward_only=is_forward_only,
    )


def with_search_body(request: ListRequest, body: bytes) -> ListRequest:
    """Add what a search's JSON body asks.

    Raises:
        Refusal: 400, the body is no JSON object of strings or has an unknown key.
    """
    try:
        content = msgspec.json.decode(body or b"{}", type=dict[str, Any])
    except msgspec.MsgspecError:
        raise malformed_body() from None
    changes: dict[str, str] = {}
    for name, value in content.items():
        key = _BODY_KEYS.get(name.lower())
        if key is None:
            raise unknown_member(name, position=_position_after(name, body))
        if value is not None and not isinstance(value, str):
            raise malformed_body()
        changes[key] = value or ""
    return _changed(request, changes)


def _changed(request: ListRequest, changes: Mapping[str, str]) -> ListRequest:
    return replace(
        request,
        conditions=changes.get("conditions", request.conditions),
        child_conditions=changes.get("child_conditions", request.child_conditions),
        custom_field_conditions=changes.get(
            "custom_field_conditions", request.custom_field_conditions
        ),
        order_by=changes.get("order_by", request.order_by),
    )


def _check_by_id(order_by: str) -> None:
    if order_by.lower().split() not in ([], ["id"], ["id", "asc"]):
        raise no_order_by()


def _page_size(given: Mapping[str, str], options: SandboxOptions) -> int:
    is_clamped = options.large_pages == "clamp"
    highest = _LARGEST_INTEGER if is_clamped else LARGEST_PAGE
    size = _bounded(given, "pageSize", default=_DEFAULT_PAGE, lowest=1, highest=highest)
    return min(size, LARGEST_PAGE)


def _bounded(
    given: Mapping[str, str], name: str, *, default: int, lowest: int, highest: int
) -> int:
    text = given.get(name.lower(), "")
    if not text:
        return default
    try:
        number = int(text)
    except ValueError:
        raise out_of_range(name, lowest=lowest, highest=highest) from None
    if not lowest <= number <= highest:
        raise out_of_range(name, lowest=lowest, highest=highest)
    return number


def _position_after(name: str, body: bytes) -> int:
    """Where the API's JSON reader stands once it has read a key and its colon."""
    text = body.decode(errors="replace")
    return text.find(":", text.find(f'"{name}"')) + 1
