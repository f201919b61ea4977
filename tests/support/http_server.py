"""A real HTTP server over loopback whose answers a test writes down beforehand.

It knows nothing of ConnectWise's rules (the sandbox does); it plays back what a test
scripted, counts what it was asked, and can break answers in ways a well-behaved
server never would.
"""

import json
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

DATE = "Tue, 31 Mar 2026 21:00:00 GMT"


@dataclass(frozen=True)
class Asked:
    """One request as it arrived; header names in lower case."""

    method: str
    path: str
    target: str
    params: dict[str, str]
    headers: dict[str, str]
    body: Any


@dataclass(frozen=True)
class Reply:
    """One answer. ``cut`` withholds that many bytes; ``hang`` never answers."""

    body: Any = None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json; charset=utf-8"
    cut: int = 0
    hang: bool = False

    def content(self) -> bytes:
        raw = isinstance(self.body, bytes)
        return self.body if raw else json.dumps(self.body).encode()


Script = Callable[[Asked], Reply]
INFO = Reply(
    {
        "CompanyName": "Acme",
        "Codebase": "v2026_4/",
        "CompanyID": "acme",
        "IsCloud": True,
    }
)


class ScriptedServer:
    """Answers by path below ``…/apis/3.0``; the last reply of a path repeats."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.asked: list[Asked] = []
        self.released = threading.Event()
        self._scripts: dict[str, list[Reply | Script]] = defaultdict(list)
        self._lock = threading.Lock()
        self.script("/login/companyinfo/acme", INFO)

    def script(self, path: str, *replies: Reply | Script) -> None:
        """Answer ``path`` with ``replies`` in turn, from now on."""
        self._scripts[path] = list(replies)

    def calls(self, path: str) -> list[Asked]:
        """What was asked of ``path``, in order."""
        return [asked for asked in self.asked if asked.path == path]

    def reply_to(self, asked: Asked) -> Reply:
        with self._lock:
            self.asked.append(asked)
            replies = self._scripts.get(asked.path)
            if not replies:
                return Reply({"code": "NotFound", "message": "unscripted"}, status=404)
            reply = replies.pop(0) if len(replies) > 1 else replies[0]
        return reply(asked) if callable(reply) else reply


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    script: ScriptedServer


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True
    server: _Server

    def _answer(self) -> None:
        script = self.server.script
        reply = script.reply_to(self._asked())
        if reply.hang:
            script.released.wait(30)
            self.close_connection = True
            return
        content = reply.content()
        self.send_response(reply.status)
        headers = {"Content-Type": reply.content_type, "x-cw-request-id": "rid-1"}
        for name, value in (headers | dict(reply.headers)).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: len(content) - reply.cut])
        self.close_connection = self.close_connection or reply.cut > 0

    do_GET = do_POST = do_DELETE = do_PATCH = do_PUT = _answer  # noqa: N815

    def _asked(self) -> Asked:
        parts = urlsplit(self.path)
        length = int(self.headers.get("Content-Length", 0))
        raw = self.rfile.read(length)
        return Asked(
            method=self.command,
            path=parts.path.partition("/apis/3.0")[2] or parts.path,
            target=self.path,
            params=dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=json.loads(raw) if raw else None,
        )

    def date_time_string(self, timestamp: float | None = None) -> str:
        return DATE

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Stay quiet."""


@contextmanager
def scripted_server() -> Iterator[ScriptedServer]:
    """Serve on a free loopback port until the block ends."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.script = ScriptedServer(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, args=(0.005,))
        thread.start()
        try:
            yield server.script
        finally:
            server.script.released.set()
            server.shutdown()
            thread.join()


def listing(path_ids: list[int], *, support: str) -> Script:
    """A list that pages by its own rules, written from the vendor's guide.

    ``support`` is "forward-only" (both modes), "navigable" (a forward-only request
    gets no Link) or "none" (never a Link).
    """

    def answer(asked: Asked) -> Reply:
        size = int(asked.params.get("pageSize", "25"))
        wants_forward = asked.headers.get("pagination-type") == "forward-only"
        if wants_forward and support == "forward-only":
            return _forward(asked, path_ids, size)
        links = support != "none" and not wants_forward
        return _numbered(asked, path_ids, size, links=links)

    return answer


def _forward(asked: Asked, ids: list[int], size: int) -> Reply:
    after = int(asked.params.get("pageId", "0"))
    rest = [i for i in sorted(ids) if i > after]
    page = rest[:size]
    target = asked.target.partition("?")[0]
    link = ""
    if len(rest) > size:
        link = f'<http://host{target}?pageSize={size}&pageId={page[-1]}>; rel="next"'
    return Reply([{"id": i} for i in page], headers={"Link": link})


def _numbered(asked: Asked, ids: list[int], size: int, *, links: bool) -> Reply:
    number = int(asked.params.get("page", "1"))
    found = [i for i in ids if i > _lower_bound(asked)]
    if asked.params.get("orderBy") == "id asc":
        found.sort()
    page = found[(number - 1) * size : number * size]
    headers = {}
    if links and number * size < len(found):
        base = f"http://host{asked.target.partition('?')[0]}?a=x+%3e+1&pageSize={size}"
        last = -(-len(found) // size)
        following = f'<{base}&page={number + 1}>; rel="next"'
        headers["Link"] = f'{following}, <{base}&page={last}>; rel="last"'
    return Reply([{"id": i} for i in page], headers=headers)


def _lower_bound(asked: Asked) -> int:
    conditions = (asked.body or asked.params).get("conditions", "")
    return int(conditions.rpartition("id > ")[2]) if "id > " in conditions else 0
