"""Faults of whole answers: decides which request is hit, and spoils its answer.

What faults there are is declared in ``options``: some hit a path's nth request, some a
share of all reads by seed. Faults inside lists, where rows repeat, hide or are late,
are ``disturbances``.
"""

import asyncio
import socket
import struct
from collections import Counter
from datetime import timedelta
from email.utils import format_datetime
from typing import Any, Protocol

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from pipelines.sandbox.clock import Clock
from pipelines.sandbox.control import SandboxControl
from pipelines.sandbox.errors import not_granted, storm
from pipelines.sandbox.options import Fault, SandboxOptions
from pipelines.sandbox.seeds import draw

_BAD_GATEWAY = (
    "<html><head><title>502 Bad Gateway</title></head>"
    "<body><center><h1>502 Bad Gateway</h1></center></body></html>"
)
TIMEOUT = (
    b'{"code":"ConnectWiseApi","message":"Execution Timeout Expired. The timeout '
    b'period elapsed prior to completion of the operation."}'
)
_OF_REQUESTS = (
    "html",
    "truncated",
    "empty",
    "timeout",
    "reset",
    "storm",
    "storm-date",
    "storm-silent",
)
_STORM_LENGTH = 10
_STORM_SECONDS = 2.0
_ROUNDS_TO_HEAR = 5


class FaultPlan:
    """Counts requests and says which fault, if any, hits one."""

    def __init__(self, control: SandboxControl) -> None:
        self._control = control
        self._faults = control.options.faults
        self._seen: Counter[str] = Counter()
        self._reads = 0

    def next_for(self, path: str, *, is_read: bool = True) -> Fault | None:
        """Count a request to ``path`` and find its fault."""
        options = self._control.options
        if options.faults is not self._faults:
            self._faults = options.faults
            self._seen.clear()
        fault = self._by_path(path) or (self._by_name(options) if is_read else None)
        if fault is not None:
            self._control.count_fault(fault.kind)
        return fault

    def _by_path(self, path: str) -> Fault | None:
        wanted = path.lower().rstrip("/")
        self._seen.update(("*", wanted))
        for fault in self._faults:
            key = fault.path.lower().rstrip("/")
            if key in {"*", wanted} and _hits(fault, self._seen[key]):
                return fault
        return None

    def _by_name(self, options: SandboxOptions) -> Fault | None:
        number, self._reads = self._reads, self._reads + 1
        for each in options.named_faults:
            if each.name not in _OF_REQUESTS:
                continue
            is_storm = each.name.startswith("storm")
            place = number // _STORM_LENGTH if is_storm else number
            if draw(options.fault_seed, each.name, place) < each.amount:
                return Fault("*", each.name, seconds=_STORM_SECONDS)  # type: ignore[arg-type]
        return None


def _hits(fault: Fault, count: int) -> bool:
    return count >= fault.nth and (
        fault.times is None or count < fault.nth + fault.times
    )


async def spoil(response: Response, fault: Fault, clock: Clock) -> Response:
    """Put the fault's answer in the place of the right one.

    Raises:
        Refusal: the fault is a refusal.
    """
    match fault.kind:
        case "html":
            return Response(_BAD_GATEWAY, 502, media_type="text/html")
        case "truncated":
            body = bytes(response.body)
            return Response(
                body[: len(body) // 2],
                response.status_code,
                media_type="application/json",
            )
        case "empty":
            return Response(b"", media_type="application/json")
        case "timeout":
            return timed_out()
        case "slow":
            await asyncio.sleep(fault.seconds)
            return response
        case "refused":
            raise not_granted()
        case "reset":
            return _Reset(bytes(response.body), headers=dict(response.headers))
        case _:
            raise storm(fault.seconds, _retry_after(fault, clock))


def timed_out() -> Response:
    """The 500 of a query that took too long."""
    return Response(TIMEOUT, 500, media_type="application/json")


def _retry_after(fault: Fault, clock: Clock) -> str | None:
    if fault.kind == "storm-silent":
        return None
    if fault.kind == "storm":
        return str(round(fault.seconds))
    until = clock.now() + timedelta(seconds=fault.seconds)
    return format_datetime(until, usegmt=True)


class _Transport(Protocol):
    """What a reset needs of asyncio's transport."""

    def get_extra_info(self, name: str) -> Any: ...

    def abort(self) -> None: ...


class _Reset(Response):
    """Half an answer, then a reset of the connection below HTTP."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        del receive
        body = bytes(self.body)
        start = {"status": self.status_code, "headers": self.raw_headers}
        await send({"type": "http.response.start", **start})
        half = body[: len(body) // 2]
        await send({"type": "http.response.body", "body": half, "more_body": True})
        _reset(scope["state"]["transport"])
        # The loop tells the server of the loss, after which it expects no more.
        for _ in range(_ROUNDS_TO_HEAR):
            await asyncio.sleep(0)


def _reset(transport: _Transport) -> None:
    """Close without lingering, so that the other side reads a reset."""
    connection: socket.socket = transport.get_extra_info("socket")
    no_lingering = struct.pack("ii", 1, 0)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, no_lingering)
    transport.abort()
