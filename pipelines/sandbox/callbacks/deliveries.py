"""Sends callbacks as ConnectWise does: 5 s for an answer, two more tries for a few.

404, 409, 419 and 429 are tried again after 2 s and after another 4 s; any other
refusal, a time-out too, is the end of that message. A sandbox never talks to another
machine: only loopback addresses are delivered to. One thread sends, while there is
something to send.
"""

import ipaddress
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import httpx

TIMEOUT_SECONDS = 5.0
WAITS = (2.0, 4.0)
TRIED_AGAIN = frozenset({404, 409, 419, 429})
_KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message on its way."""

    url: str
    body: bytes
    signature: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of a message: the statuses of all tries, 0 for no answer."""

    parcel: Parcel
    statuses: tuple[int, ...]

    @property
    def arrived(self) -> bool:
        """The receiver took it."""
        return bool(self.statuses) and 200 <= self.statuses[-1] < 300


class Deliveries:
    """A queue of messages, sent one after the other in the background."""

    def __init__(self, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self.done: deque[Delivery] = deque(maxlen=_KEPT)
        self._sleep = sleep
        self._waiting: deque[Parcel] = deque()
        self._state = threading.Condition()
        self._works = False

    def send(self, parcel: Parcel) -> None:
        """Take a message; it leaves soon."""
        with self._state:
            self._waiting.append(parcel)
            if self._works:
                return
            self._works = True
        threading.Thread(target=self._work, daemon=True).start()

    def wait_until_sent(self, seconds: float = 30.0) -> bool:
        """Wait until nothing is on its way; False if that took too long."""
        with self._state:
            return self._state.wait_for(lambda: not self._works, seconds)

    def _work(self) -> None:
        import httpx

        with httpx.Client(
            timeout=TIMEOUT_SECONDS,
            trust_env=False,
            verify=False,  # noqa: S501  (this machine's own certificates)
        ) as http:
            while (parcel := self._next()) is not None:
                self._deliver(http, parcel)

    def _next(self) -> Parcel | None:
        with self._state:
            if self._waiting:
                return self._waiting.popleft()
            self._works = False
            self._state.notify_all()
            return None

    def _deliver(self, http: "httpx.Client", parcel: Parcel) -> None:
        statuses: list[int] = []
        if is_loopback(parcel.url):
            statuses.append(_post(http, parcel))
            for wait in WAITS:
                if statuses[-1] not in TRIED_AGAIN:
                    break
                self._sleep(wait)
                statuses.append(_post(http, parcel))
        delivery = Delivery(parcel, tuple(statuses))
        self.done.append(delivery)
        if not delivery.arrived:
            import structlog

            structlog.get_logger("pipelines.sandbox").warning(
                "callback_not_delivered", statuses=statuses, to=_host(parcel.url)
            )


def is_loopback(url: str) -> bool:
    """Whether ``url`` is on this machine."""
    host = _host(url)
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def _post(http: "httpx.Client", parcel: Parcel) -> int:
    import httpx

    headers = {
        "content-type": "application/json; charset=utf-8",
        "x-content-signature": parcel.signature,
    }
    try:
        return http.post(parcel.url, content=parcel.body, headers=headers).status_code
    except httpx.HTTPError:
        return 0
