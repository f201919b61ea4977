"""The guard that keeps a tenant as it is.

It runs on every request before a socket opens, whatever code built the request. GET
may pass, and POST to the two searches, which only read. Nothing else: a DELETE on a
``changelogs`` path, for example, could drain another consumer's feed.
"""

import httpx

from pipelines.connectwise.calls import Call
from pipelines.connectwise.errors import ReadOnlyError
from pipelines.connectwise.urls import API_ROOT

SEARCHES = {
    "/service/tickets": "/service/tickets/search",
    "/project/tickets": "/project/tickets/search",
}


def refuse_writes(request: httpx.Request) -> None:
    """Let reads pass; a request hook of httpx.

    Raises:
        ReadOnlyError: any verb but GET, or POST elsewhere than to a search.
    """
    path = request.url.path.partition(API_ROOT)[2] or request.url.path
    if request.method == "GET":
        return
    if request.method == "POST" and path in SEARCHES.values():
        return
    raise ReadOnlyError(
        "This client only reads ConnectWise, so the request was not sent",
        remedy="use ConnectWise itself to change data",
        call=Call(request.method, path),
    )
