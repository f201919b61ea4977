"""Faults on demand: decides which request is hit, and spoils its answer.

What faults there are is declared in ``options``; a request is counted by its path.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence

from starlette.responses import Response

from pipelines.sandbox.errors import not_granted
from pipelines.sandbox.options import Fault

_BAD_GATEWAY = (
    "<html><head><title>502 Bad Gateway</title></head>"
    "<body><center><h1>502 Bad Gateway</h1></center></body></html>"
)
_TIMEOUT = (
    b'{"code":"ConnectWiseApi","message":"Execution Timeout Expired. The timeout '
    b'period elapsed prior to completion of the operation."}'
)


class FaultPlan:
    """Counts requests and says which fault, if any, hits one."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self._faults = tuple(faults)
        self._seen: Counter[str] = Counter()

    def next_for(self, path: str) -> Fault | None:
        """Count a request to ``path`` and find its fault."""
        wanted = path.lower().rstrip("/")
        self._seen.update(("*", wanted))
        for fault in self._faults:
            key = fault.path.lower().rstrip("/")
            if key in {"*", wanted} and _hits(fault, self._seen[key]):
                return fault
        return None


def _hits(fault: Fault, count: int) -> bool:
    return count >= fault.nth and (
        fault.times is None or count < fault.nth + fault.times
    )


async def spoil(response: Response, fault: Fault) -> Response:
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
            return Response(_TIMEOUT, 500, media_type="application/json")
        case "slow":
            await asyncio.sleep(fault.seconds)
            return response
        case "refused":
            raise not_granted()
