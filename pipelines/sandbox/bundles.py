"""Several reads in one request: ``POST /system/bundles`` and ``…/bundles/count``.

Each request of a bundle names a kind of record, as its schema is called, and is
answered as the list or the record would be, with a status of its own. Names are read
in any case. What the vendor does not say is a guess: 207 where a request has failed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import msgspec

from pipelines.sandbox.answers import version_of
from pipelines.sandbox.catalogue import schema_of
from pipelines.sandbox.errors import Refusal, malformed_body, no_endpoint
from pipelines.sandbox.options import SandboxOptions
from pipelines.sandbox.parameters import ListRequest, read_parameters
from pipelines.sandbox.reading import Reader
from pipelines.sandbox.routes import ROUTES, Match, Route
from pipelines.sandbox.security import check_grant

BUNDLES = "/system/bundles"
PATHS = frozenset({BUNDLES, f"{BUNDLES}/count"})
_SOME_FAILED = 207


class _Filters(msgspec.Struct):
    conditions: str | None = None
    child_conditions: str | None = msgspec.field(default=None, name="childconditions")
    custom_field_conditions: str | None = msgspec.field(
        default=None, name="customfieldconditions"
    )
    order_by: str | None = msgspec.field(default=None, name="orderby")


class _Page(msgspec.Struct):
    page: int | None = None
    size: int | None = msgspec.field(default=None, name="pagesize")


class _Asked(msgspec.Struct):
    id: int | None = None
    parent_id: int | None = msgspec.field(default=None, name="parentid")
    fields: str | None = None
    filters: _Filters | None = None
    page: _Page | None = None


class _Request(msgspec.Struct):
    kind: str = msgspec.field(default="", name="resourcetype")
    sequence_number: int = msgspec.field(default=0, name="sequencenumber")
    version: str = ""
    asked: _Asked = msgspec.field(default_factory=_Asked, name="apirequest")


class _Bundle(msgspec.Struct):
    requests: list[_Request]


@cache
def resources() -> Mapping[str, Route]:
    """The list that a kind of record is asked of, by the kind in lower case."""
    named = reversed([(schema_of(r.template).name.lower(), r) for r in ROUTES])
    return dict(named)


def answer(
    content: bytes, reader: Reader, options: SandboxOptions, *, is_count: bool
) -> tuple[int, bytes]:
    """The status and body of a bundle's answer.

    Raises:
        Refusal: 400, the body is no bundle.
    """
    try:
        lowered = _lowered(msgspec.json.decode(content))
        bundle = msgspec.convert(lowered, _Bundle)
    except msgspec.MsgspecError:
        raise malformed_body() from None
    results = [
        _result(one, reader, options, is_count=is_count) for one in bundle.requests
    ]
    is_good = all(one["success"] for one in results)
    body = msgspec.json.encode({"results": results, "_info": {}})
    return (200 if is_good else _SOME_FAILED), body


def _result(
    request: _Request, reader: Reader, options: SandboxOptions, *, is_count: bool
) -> dict[str, Any]:
    told = {
        "sequenceNumber": request.sequence_number,
        "resourceType": request.kind,
        "version": request.version,
    }
    try:
        found = _read(request, reader, options, is_count=is_count)
    except Refusal as refusal:
        return {
            **told,
            "success": False,
            "statusCode": refusal.status,
            "count": 0,
            "entities": [],
            "error": refusal.body,
        }
    return {**told, "success": True, "statusCode": 200, **found}


def _read(
    request: _Request, reader: Reader, options: SandboxOptions, *, is_count: bool
) -> dict[str, Any]:
    match = _match(request)
    path = match.route.template.format(parent_id=match.parent_id)
    check_grant(path, match.route.template, options)
    reader.check_parent(match)
    wanted = replace(
        read_parameters(_parameters(request.asked), options),
        version=version_of(request.version, options),
    )
    if is_count:
        return {"count": reader.count(match, wanted), "entities": []}
    entities = [msgspec.Raw(one) for one in _entities(match, wanted, reader)]
    return {"count": len(entities), "entities": entities}


def _match(request: _Request) -> Match:
    route = resources().get(request.kind.lower())
    asked = request.asked
    if route is None or (route.parent is not None) != (asked.parent_id is not None):
        raise no_endpoint()
    if asked.id is None:
        return Match(route, "list", asked.parent_id)
    return Match(route, "record", asked.parent_id, str(asked.id))


def _entities(match: Match, wanted: ListRequest, reader: Reader) -> list[bytes]:
    if match.kind == "record":
        return [reader.record(match, wanted)]
    content = reader.page(match, wanted).content
    return [bytes(raw) for raw in msgspec.json.decode(content, type=list[msgspec.Raw])]


def _parameters(asked: _Asked) -> Iterator[tuple[str, str]]:
    filters, page = asked.filters or _Filters(), asked.page or _Page()
    given = {
        "conditions": filters.conditions,
        "childConditions": filters.child_conditions,
        "customFieldConditions": filters.custom_field_conditions,
        "orderBy": filters.order_by,
        "fields": asked.fields,
        "page": page.page,
        "pageSize": page.size,
    }
    return ((name, str(value)) for name, value in given.items() if value is not None)


def _lowered(value: Any) -> Any:
    """The same JSON with the names of all objects in lower case."""
    if isinstance(value, dict):
        return {name.lower(): _lowered(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_lowered(each) for each in value]
    return value
