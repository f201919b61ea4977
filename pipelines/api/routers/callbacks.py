"""``POST /callbacks/connectwise``: ConnectWise tells that a record has changed.

ConnectWise waits 5 s, takes any 2xx as success, and delivers again only after 404,
409, 419 and 429. So what may succeed later is answered by 429, what never will by
403, and neither says why: the reason stands in our log.
"""

import asyncio

import structlog
from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from pipelines.api.deps import ReceiverDep
from pipelines.api.receiving import Receiver
from pipelines.connectwise.callbacks.signature import HEADER
from pipelines.connectwise.errors import CallbackRefusedError, KeyUnavailableError
from pipelines.errors import AppDatabaseError

READ_SECONDS = 4.0
# The vendor's own wait before its second try.
AGAIN = {"retry-after": "2"}

router = APIRouter()


@router.post("/callbacks/connectwise", status_code=204)
async def receive(request: Request, receiver: ReceiverDep) -> Response:
    """Keep a signed message as a hint.

    ``recordId`` and ``action`` in the address are not signed and are not looked at.
    """
    body = await _body(request, receiver.max_body_bytes)
    if body is None:
        _log("callback_refused", "the body is too large or did not come in time")
        return Response(status_code=413)
    signature = request.headers.get(HEADER, "")
    return await run_in_threadpool(_answer, receiver, body, signature)


def _answer(receiver: Receiver, body: bytes, signature: str) -> Response:
    try:
        receiver.take(body, signature=signature)
    except CallbackRefusedError as error:
        _log("callback_refused", str(error))
        return Response(status_code=403)
    except (KeyUnavailableError, AppDatabaseError) as error:
        _log("callback_put_off", str(error))
        return Response(status_code=429, headers=AGAIN)
    return Response(status_code=204)


async def _body(request: Request, limit: int) -> bytes | None:
    """The raw body, or None where it is longer than ``limit`` or too slow."""
    length = request.headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > limit:
        return None
    received = bytearray()
    try:
        async with asyncio.timeout(READ_SECONDS):
            async for chunk in request.stream():
                received += chunk
                if len(received) > limit:
                    return None
    except (TimeoutError, ClientDisconnect):
        return None
    return bytes(received)


def _log(event: str, reason: str) -> None:
    structlog.get_logger("pipelines.api").warning(event, reason=reason)
