"""The sandbox as an ASGI application: it answers as ConnectWise PSA does.

Company info, the codebase router, limits, faults and credentials come first, then the
routes: reads go to ``reading``, writes to ``writing``. Every answer gets the API's
headers and the sandbox's own date. Run it by ``process``.
"""

import asyncio
import math
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from pipelines.sandbox import bundles
from pipelines.sandbox.about import company_info, system_info
from pipelines.sandbox.answers import (
    API,
    compressed,
    headers_of,
    json_answer,
    model_version,
    parted,
    plain_json,
    refused,
)
from pipelines.sandbox.callbacks.centre import PATH as CALLBACKS
from pipelines.sandbox.callbacks.messages import KEY_PATH
from pipelines.sandbox.changes import Editor
from pipelines.sandbox.control import SandboxControl
from pipelines.sandbox.errors import (
    Refusal,
    cannot_route,
    no_endpoint,
    no_page,
    too_many_requests,
    wrong_method,
)
from pipelines.sandbox.faults import FaultPlan, spoil, timed_out
from pipelines.sandbox.info_twins import find_twin
from pipelines.sandbox.limits import RateLimit
from pipelines.sandbox.options import SandboxOptions
from pipelines.sandbox.paging import forward_link, navigable_links
from pipelines.sandbox.parameters import (
    ListRequest,
    read_parameters,
    with_search_body,
)
from pipelines.sandbox.reading import Reader
from pipelines.sandbox.routes import Match, find
from pipelines.sandbox.security import check_client_id, check_credentials, check_grant
from pipelines.sandbox.slowness import page_seconds
from pipelines.sandbox.store import Store
from pipelines.sandbox.unkept_lists import UnkeptList, find_unkept
from pipelines.sandbox.writing import Writes, verbs_of

_ROUTER_CODEBASE = "v4_6_release"
_COMPANY_INFO = "/login/companyinfo/"
_SYSTEM_INFO = "/system/info"
_FORECAST = "/sales/opportunities/{parent_id}/forecast"


def create_app(
    store: Store,
    *,
    options: SandboxOptions | None = None,
    control: SandboxControl | None = None,
) -> Starlette:
    """Build the sandbox on a store. The caller closes the store."""
    app = Starlette()
    app.mount("/", Sandbox(store, control or SandboxControl(options)))
    return app


class Sandbox:
    """Answers requests on one store, by one control's clock and options."""

    def __init__(self, store: Store, control: SandboxControl) -> None:
        self._store = store
        self._control = control
        self._writes = Writes(Editor(store, control))
        self._limit = RateLimit()
        self._faults = FaultPlan(control)

    @property
    def _options(self) -> SandboxOptions:
        return self._control.options

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        request = Request(scope, receive)
        try:
            response = await self._answer(request)
        except Refusal as refusal:
            response = refused(refusal)
        if self._options.gzip:
            response = compressed(request, response)
        response.headers.update(headers_of(self._control.clock, self._options))
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        if self._options.latency_ms:
            await asyncio.sleep(self._options.latency_ms / 1_000)
        path = _plain(request.url.path)
        if path.lower().startswith(_COMPANY_INFO):
            asked = path[len(_COMPANY_INFO) :]
            return plain_json(company_info(asked, self._options))
        if path.endswith(KEY_PATH) and self._knows(path.removesuffix(KEY_PATH)):
            check_client_id(request.headers)
            key_of = self._control.callbacks.signing_key
            return plain_json(key_of(dict(_query(request))))
        inside = self._inside_api(path)
        seconds = self._limit.seconds_to_wait(self._options.rate_limit_per_minute)
        if seconds is not None:
            raise too_many_requests(seconds)
        fault = self._faults.next_for(inside, is_read=_is_read(request.method, inside))
        check_credentials(request.headers, self._options)
        response = await self._answer_api(request, inside)
        clock = self._control.clock
        return await spoil(response, fault, clock) if fault else response

    def _inside_api(self, path: str) -> str:
        """Path below ``/apis/3.0``, if it leads into the API at all."""
        codebase, mark, inside = parted(path)
        if not mark or not self._knows(codebase):
            raise no_page()
        if API in inside.lower():
            raise cannot_route()
        return inside

    def _knows(self, codebase: str) -> bool:
        known = {_ROUTER_CODEBASE, self._options.codebase.rstrip("/")}
        return codebase.lstrip("/").lower() in known

    async def _answer_api(self, request: Request, inside: str) -> Response:
        special = await self._answer_special(request, inside)
        if special is not None:
            return special
        match = find(inside) or find_twin(inside)
        if match is None:
            raise no_endpoint()
        _check_method(request.method, verbs_of(match))
        route = match.route
        check_grant(inside, route.template, self._options, beside=route.source)
        if request.method != "GET" and match.kind != "search":
            return await self._write(request, match)
        wanted = await self._wanted(request, match)
        reader = self._reader()
        reader.check_parent(match)
        if self._options.slowness and match.kind in {"list", "search"}:
            seconds = self._seconds(reader, match, wanted)
            if seconds > (self._options.timeout_seconds or math.inf):
                return timed_out()
            await asyncio.sleep(seconds)
        return self._read(request, match, wanted)

    async def _answer_special(self, request: Request, inside: str) -> Response | None:
        """What is no list of records; None for all else."""
        if inside.lower() == _SYSTEM_INFO:
            _check_method(request.method, ("GET",))
            check_grant(inside, inside, self._options)
            return json_answer(request, system_info(self._store, self._options))
        if f"{inside}/".lower().startswith(f"{CALLBACKS}/"):
            return await self._answer_callbacks(request, inside)
        if inside.lower() in bundles.PATHS:
            return await self._answer_bundle(request, inside)
        unkept = find_unkept(self._store, inside, _lowered(_query(request)))
        return self._answer_unkept(request, inside, unkept) if unkept else None

    def _answer_unkept(
        self, request: Request, inside: str, unkept: UnkeptList
    ) -> Response:
        _check_method(request.method, ("GET",))
        check_grant(inside, inside, self._options)
        wanted = read_parameters(_query(request), self._options)
        if unkept.parent is not None:
            self._reader().check_parent(unkept.parent)
        return json_answer(request, unkept.answer(wanted))

    async def _answer_bundle(self, request: Request, inside: str) -> Response:
        _check_method(request.method, ("POST",))
        check_grant(inside, bundles.BUNDLES, self._options)
        status, content = bundles.answer(
            await request.body(),
            self._reader(),
            self._options,
            is_count=inside.lower() != bundles.BUNDLES,
        )
        return json_answer(request, content, status=status)

    async def _answer_callbacks(self, request: Request, inside: str) -> Response:
        check_grant(inside, CALLBACKS, self._options)
        root = f"{request.url.scheme}://{request.url.netloc}/{self._options.codebase}"
        status, content = self._control.callbacks.answer(
            request.method,
            inside[len(CALLBACKS) :].lower(),
            content=await request.body(),
            root=root,
            stamp=self._control.clock.stamp(),
        )
        if not content:
            return Response(status_code=status)
        return json_answer(request, content, status=status)

    def _seconds(self, reader: Reader, match: Match, wanted: ListRequest) -> float:
        return page_seconds(
            page=1 if wanted.is_forward_only else wanted.page,
            page_size=wanted.page_size,
            matching_rows=reader.length(match, wanted),
            slowness=self._options.slowness,
        )

    async def _wanted(self, request: Request, match: Match) -> ListRequest:
        wanted = read_parameters(
            _query(request),
            self._options,
            pagination_type=request.headers.get("pagination-type", ""),
        )
        version = model_version(request.headers.get("accept", ""), self._options)
        wanted = replace(wanted, version=version)
        if match.kind == "search":
            wanted = with_search_body(wanted, await request.body())
        return wanted

    async def _write(self, request: Request, match: Match) -> Response:
        wanted = await self._wanted(request, match)
        reader = self._reader()
        reader.check_parent(match)
        written = self._writes.answer(request.method, match, await request.body())
        if not written.content:
            return Response(status_code=written.status)
        content = reader.written(written.content, match, wanted)
        return json_answer(request, content, status=written.status)

    def _read(self, request: Request, match: Match, wanted: ListRequest) -> Response:
        reader = self._reader()
        if match.kind == "count":
            return json_answer(request, b'{"count":%d}' % reader.count(match, wanted))
        if match.kind == "record":
            return json_answer(request, reader.record(match, wanted))
        if self._options.forecast == "object" and match.route.template == _FORECAST:
            rows = reader.page(match, replace(wanted, page_size=1))
            return json_answer(request, rows.content[1:-1] or rows.content)
        rows = reader.page(match, wanted)
        link = self._link(request, match, wanted, rows.last_id, more=rows.has_more)
        return json_answer(request, rows.content, link)

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
        count = self._reader().length(match, wanted)
        last_page = max(1, -(-count // wanted.page_size))
        link = navigable_links(url, query, page=wanted.page, last_page=last_page)
        return {"link": link} if link else {}

    def _reader(self) -> Reader:
        return Reader(self._store, self._control)


def _is_read(method: str, inside: str) -> bool:
    lowered = inside.lower()
    return method == "GET" or lowered.endswith("/search") or lowered in bundles.PATHS


def _check_method(method: str, allowed: tuple[str, ...]) -> None:
    if method not in allowed:
        raise wrong_method(method, allowed=", ".join(allowed))


def _query(request: Request) -> list[tuple[str, str]]:
    return parse_qsl(request.url.query, keep_blank_values=True)


def _lowered(query: list[tuple[str, str]]) -> Mapping[str, str]:
    return {name.lower(): value for name, value in query}


def _plain(path: str) -> str:
    """The path without doubled slashes and without one at its end."""
    return "/" + "/".join(part for part in path.split("/") if part)
