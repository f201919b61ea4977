"""The sandbox as an ASGI application: it answers as ConnectWise PSA does.

Company info, the codebase router, credentials, limits and faults come first, then the
routes; every answer gets the API's headers and the sandbox's own date. It is read-only
over HTTP: records change through the ``Store``. Run it by ``process``.
"""

import asyncio
import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from pipelines.sandbox.catalogue import NEWEST_VERSION, OLDER_VERSION
from pipelines.sandbox.clock import Clock
from pipelines.sandbox.errors import (
    Refusal,
    cannot_route,
    no_endpoint,
    no_page,
    too_many_requests,
    wrong_method,
)
from pipelines.sandbox.faults import FaultPlan, spoil
from pipelines.sandbox.limits import RateLimit
from pipelines.sandbox.links import ADDRESS
from pipelines.sandbox.options import SandboxOptions
from pipelines.sandbox.paging import forward_link, navigable_links
from pipelines.sandbox.parameters import (
    ListRequest,
    read_parameters,
    with_search_body,
)
from pipelines.sandbox.reading import Reader
from pipelines.sandbox.routes import Match, find
from pipelines.sandbox.security import check_credentials, check_grant
from pipelines.sandbox.store import Store

_ROUTER_CODEBASE = "v4_6_release"
_API = "/apis/3.0"
_COMPANY_INFO = "/login/companyinfo/"
_JSON = "application/json; charset=utf-8"
_VENDOR_JSON = "application/vnd.connectwise.com+json"
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
_DEFAULT_ZONE = "Eastern Standard Time"


def create_app(store: Store, *, options: SandboxOptions | None = None) -> Starlette:
    """Build the sandbox on a store. The caller closes the store."""
    app = Starlette()
    app.mount("/", Sandbox(store, options or SandboxOptions()))
    return app


class Sandbox:
    """Answers requests on one store, with one clock and one rate limit."""

    def __init__(self, store: Store, options: SandboxOptions) -> None:
        self._options = options
        self._store = store
        self._reader = Reader(store, options)
        self._clock = Clock(options.now)
        self._limit = RateLimit(options.rate_limit_per_minute)
        self._faults = FaultPlan(options.faults)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except Refusal as refusal:
            response = _refused(refusal)
        response.headers.update(self._headers())
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if self._options.latency_ms:
            await asyncio.sleep(self._options.latency_ms / 1_000)
        path = _plain(request.url.path)
        if path.lower().startswith(_COMPANY_INFO):
            return self._company_info(path[len(_COMPANY_INFO) :])
        inside = self._inside_api(path)
        seconds = self._limit.seconds_to_wait()
        if seconds is not None:
            raise too_many_requests(seconds)
        fault = self._faults.next_for(inside)
        check_credentials(request.headers, self._options)
        response = await self._answer_api(request, inside)
        return await spoil(response, fault) if fault else response

    def _inside_api(self, path: str) -> str:
        """Path below ``/apis/3.0``, if it leads into the API at all."""
        codebase, mark, inside = path.lstrip("/").partition(_API)
        known = {_ROUTER_CODEBASE, self._options.codebase.rstrip("/")}
        if not mark or codebase.lower() not in known:
            raise no_page()
        if _API in inside:
            raise cannot_route()
        return inside

    async def _answer_api(self, request: Request, inside: str) -> Response:
        if inside.lower() == "/system/info":
            _check_method(request, "GET")
            check_grant(inside, inside, self._options)
            return _json(request, msgspec.json.encode(self._system_info()))
        match = find(inside)
        if match is None:
            raise no_endpoint()
        _check_method(request, "POST" if match.kind == "search" else "GET")
        check_grant(inside, match.route.template, self._options)
        wanted = read_parameters(
            _query(request),
            pagination_type=request.headers.get("pagination-type", ""),
        )
        version = _model_version(request.headers.get("accept", ""), self._options)
        wanted = replace(wanted, version=version)
        if match.kind == "search":
            wanted = with_search_body(wanted, await request.body())
        self._reader.check_parent(match)
        return self._answer_match(request, match, wanted)

    def _answer_match(
        self, request: Request, match: Match, wanted: ListRequest
    ) -> Response:
        if match.kind == "count":
            count = self._reader.count(match, wanted)
            return _json(request, b'{"count":%d}' % count)
        if match.kind == "record":
            return _json(request, self._reader.record(match, wanted))
        rows = self._reader.page(match, wanted)
        link = self._link(request, match, wanted, rows.last_id, more=rows.has_more)
        return _json(request, rows.content, link)

    def _link(
        self,
        request: Request,
        match: Match,
        wanted: ListRequest,
        last_id: int,
        *,
        more: bool,
    ) -> Mapping[str, str]:
        url, query = str(request.url.replace(query="")), _query(request)
        if wanted.is_forward_only:
            link = forward_link(url, query, last_id=last_id) if more else ""
            return {"link": link}
        if not more and wanted.page == 1:
            return {}
        count = self._reader.count(match, wanted)
        last_page = max(1, -(-count // wanted.page_size))
        link = navigable_links(url, query, page=wanted.page, last_page=last_page)
        return {"link": link} if link else {}

    def _company_info(self, company: str) -> Response:
        """Company info; an unknown company gets ``null`` with status 200."""
        options = self._options
        if company.lower() != options.company_id.lower():
            return Response(b"null", headers={"content-type": _JSON})
        info = {
            "CompanyName": options.company_id,
            "Codebase": options.codebase,
            "VersionCode": f"v{options.api_version}",
            "VersionNumber": f"v{options.api_version}.1",
            "CompanyID": options.company_id,
            "IsCloud": True,
        }
        return Response(msgspec.json.encode(info), headers={"content-type": _JSON})

    def _system_info(self) -> Mapping[str, Any]:
        zone = self._store.manifest().get("server_time_zone", _DEFAULT_ZONE)
        return {
            "version": f"v{self._options.api_version}.1",
            "isCloud": True,
            "serverTimeZone": zone,
            "licenseBits": [{"name": "ServiceDesk", "activeFlag": True}],
            "cloudRegion": "NA",
        }

    def _headers(self) -> Mapping[str, str]:
        return {
            **_FIXED_HEADERS,
            "api-current-version": self._options.api_version,
            "date": self._clock.http_date(),
            "x-cw-request-id": str(uuid.uuid4()),
        }


def _json(
    request: Request, content: bytes, headers: Mapping[str, str] | None = None
) -> Response:
    """A JSON answer whose links carry the address that was asked."""
    root = request.url.path.partition(_API)[0].strip("/")
    address = f"{request.url.scheme}://{request.url.netloc}/{root}{_API}/"
    return Response(
        content.replace(ADDRESS.encode(), address.encode()),
        headers={
            "content-type": _content_type(request.headers.get("accept", "")),
            **(headers or {}),
        },
    )


def _content_type(accept: str) -> str:
    """The vendor's media type with its version where it was asked, else JSON."""
    version = _asked_version(accept)
    if version is None:
        return _JSON
    suffix = f"; version={version}" if version else ""
    return f"{_VENDOR_JSON}{suffix}; charset=utf-8"


def _asked_version(accept: str) -> str | None:
    """Version of the first vendor type in Accept, empty without one, None if none."""
    for media_type in accept.split(","):
        name, _, version = media_type.replace(" ", "").partition(";version=")
        if name.lower() == _VENDOR_JSON:
            return version
    return None


def _model_version(accept: str, options: SandboxOptions) -> str:
    """Which of the two models an answer has: the older one if it is pinned."""
    year, _, number = (_asked_version(accept) or "").partition(".")
    if not (year.isdecimal() and number.isdecimal()):
        return options.api_version
    newest_year, newest_number = NEWEST_VERSION.split(".")
    is_old = (int(year), int(number)) < (int(newest_year), int(newest_number))
    return OLDER_VERSION if is_old else options.api_version


def _refused(refusal: Refusal) -> Response:
    body = refusal.body
    content = body.encode() if isinstance(body, str) else msgspec.json.encode(body)
    return Response(
        content, refusal.status, headers={"content-type": _JSON, **refusal.headers}
    )


def _check_method(request: Request, allowed: str) -> None:
    if request.method != allowed:
        raise wrong_method(request.method, allowed=allowed)


def _query(request: Request) -> list[tuple[str, str]]:
    return parse_qsl(request.url.query, keep_blank_values=True)


def _plain(path: str) -> str:
    """The path without doubled slashes and without one at its end."""
    return "/" + "/".join(part for part in path.split("/") if part)
