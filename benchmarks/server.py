"""One process that serves tickets as ConnectWise pages them, and little else.

``python -m benchmarks.server ROWS`` prints its address and serves until its input
closes. Pages are kept compressed once made, so that the server is never what is
measured. Knows page numbers, forward-only paging, ``count``, and conditions on
``lastUpdated`` and ``id``; ``POST /change`` updates 0.5 % of the tickets.
"""

import asyncio
import re
import sys
from email.utils import format_datetime
from http import HTTPStatus
from operator import ge, gt, le, lt
from urllib.parse import parse_qs, quote, unquote_plus, urlsplit

import msgspec
import numpy as np
import pyarrow as pa

from benchmarks.tickets import CHANGED_EVERY, START, STEP, encoded, updated_at

ROOT = "/v4_6_release/apis/3.0"
INFO = {
    "version": "v2026.4",
    "isCloud": False,
    "serverTimeZone": "Eastern Standard Time",
    "CompanyName": "bench",
    "Codebase": "v4_6_release/",
    "IsCloud": False,
    "SiteUrl": "",
}
_CLAUSE = re.compile(
    r"\s*(lastUpdated|_info/lastUpdated|id)\s*(>=|<=|>|<)\s*\[?([^\]\s]+)\]?\s*", re.I
)
_IN = re.compile(r"\s*id\s+in\s*\(([\d,\s]+)\)\s*", re.I)
_OPERATORS = {">=": ge, "<=": le, ">": gt, "<": lt}


class Tickets:
    """The served tickets: which there are, when each changed, pages made so far."""

    def __init__(self, rows: int) -> None:
        self.ids = np.arange(1, rows + 1)
        self.versions = np.zeros(rows, dtype=np.int64)
        self.updated = np.array([_second(updated_at(int(n))) for n in self.ids])
        self.step = 0
        self._pages: dict[tuple[int, ...], tuple[bytes, int]] = {}

    def change(self) -> int:
        """Update every two hundredth ticket, another set each time."""
        self.step += 1
        chosen = slice(self.step % CHANGED_EVERY, None, CHANGED_EVERY)
        self.versions[chosen] = self.step
        self.updated[chosen] = _second(updated_at(1, self.step))
        return len(self.ids[chosen])

    def matching(self, conditions: str) -> np.ndarray:
        """Ids that fulfil all clauses, ascending."""
        mask = np.ones(len(self.ids), dtype=bool)
        for clause in re.split(r"\s+and\s+", conditions, flags=re.I):
            if clause.strip():
                mask &= self._clause(clause)
        return self.ids[mask]

    def page(self, ids: np.ndarray) -> bytes:
        """A page's JSON, made once for each state of its tickets."""
        if not len(ids):
            return b"[]"
        versions = self.versions[ids - 1]
        key = (int(ids[0]), int(ids[-1]), len(ids), int(versions.sum()))
        if key not in self._pages:
            rows = zip(ids.tolist(), versions.tolist(), strict=True)
            body = b"[" + b",".join(encoded(*row) for row in rows) + b"]"
            self._pages[key] = pa.compress(body, "zstd", asbytes=True), len(body)
        packed, size = self._pages[key]
        return pa.decompress(packed, size, "zstd", asbytes=True)

    def _clause(self, text: str) -> np.ndarray:
        if listed := _IN.fullmatch(text):
            return np.isin(self.ids, [int(part) for part in listed[1].split(",")])
        found = _CLAUSE.fullmatch(text)
        if found is None:
            raise ValueError(text)
        name, operator, value = found.groups()
        if name.lower() == "id":
            return _OPERATORS[operator](self.ids, int(value))
        return _OPERATORS[operator](self.updated, _second_of(value))


def _second(moment) -> int:  # noqa: ANN001
    return int(moment.timestamp())


def _second_of(text: str) -> int:
    return int(np.datetime64(text[:19]).astype("datetime64[s]").astype(np.int64))


class Connection(asyncio.Protocol):
    """One keep-alive connection; requests have no bodies worth reading."""

    def __init__(self, tickets: Tickets, latency: float) -> None:
        self.tickets = tickets
        self.latency = latency
        self.buffer = b""

    def connection_made(self, transport: asyncio.Transport) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, _, self.buffer = self.buffer.partition(b"\r\n\r\n")
            length = re.search(rb"(?i)content-length: (\d+)", head)
            self.buffer = self.buffer[int(length[1]) if length else 0 :]
            answer = self._answer(head.decode())
            loop = asyncio.get_running_loop()
            loop.call_later(self.latency, self._write, answer)

    def _write(self, answer: tuple[bytes, bytes]) -> None:
        if not self.transport.is_closing():
            self.transport.writelines(answer)

    def _answer(self, head: str) -> tuple[bytes, bytes]:
        line, *headers = head.split("\r\n")
        verb, target, _ = line.split(" ")
        path = urlsplit(target).path
        if verb == "POST":
            return self._head(HTTPStatus.OK, body := str(self.tickets.change())), (
                body.encode()
            )
        if not path.startswith(f"{ROOT}/service/tickets"):
            body = msgspec.json.encode(INFO)
            return self._head(HTTPStatus.OK, body), body
        forward = any("forward-only" in h.lower() for h in headers)
        return self._list(path, target, forward=forward)

    def _list(self, path: str, target: str, *, forward: bool) -> tuple[bytes, bytes]:
        asked = {k.lower(): v[0] for k, v in parse_qs(urlsplit(target).query).items()}
        conditions = unquote_plus(asked.get("conditions", ""))
        ids = self.tickets.matching(conditions)
        if path.endswith("/count"):
            body = msgspec.json.encode({"count": len(ids)})
            return self._head(HTTPStatus.OK, body), body
        if asked.get("orderby", "").endswith(" desc"):
            ids = ids[::-1]
        size = int(asked.get("pagesize", 25))
        number = int(asked.get("page", 1))
        if forward:
            ids = ids[np.searchsorted(ids, int(asked.get("pageid", 0)), side="right") :]
            page, rest = ids[:size], ids[size:]
            position = f"pageId={page[-1]}" if len(rest) else ""
        else:
            page, rest = ids[(number - 1) * size : number * size], ids[number * size :]
            position = f"page={number + 1}" if len(rest) else ""
        link = self._link(path, conditions, f"pageSize={size}&{position}")
        body = self.tickets.page(page)
        return self._head(HTTPStatus.OK, body, link if position else ""), body

    def _link(self, path: str, conditions: str, query: str) -> str:
        host, port = self.transport.get_extra_info("sockname")
        filtered = f"conditions={quote(conditions)}&" if conditions else ""
        return f'<http://{host}:{port}{path}?{filtered}{query}>; rel="next"'

    def _head(
        self, status: HTTPStatus, body: bytes | str, link: str | None = None
    ) -> bytes:
        now = START + self.tickets.step * STEP
        lines = [
            f"HTTP/1.1 {status.value} {status.phrase}",
            f"Date: {format_datetime(now, usegmt=True)}",
            "Content-Type: application/json; charset=utf-8",
            f"Content-Length: {len(body)}",
            *([] if link is None else [f"Link: {link}"]),
        ]
        return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def serve(rows: int, latency: float = 0.0) -> None:
    """Serve until the input ends."""
    tickets = Tickets(rows)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: Connection(tickets, latency), "127.0.0.1", 0
    )
    host, port = server.sockets[0].getsockname()
    print(f"http://{host}:{port}", flush=True)
    await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), *map(float, sys.argv[2:])))
