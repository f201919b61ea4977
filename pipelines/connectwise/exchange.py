"""One call, sent until it is answered.

The only file that touches httpx's client: it waits for the limiter, sends, turns
transport faults and statuses into our errors, retries, and tells the hooks. What a
call means (entity, paging, address) is not known here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx

from pipelines.connectwise.calls import Call
from pipelines.connectwise.concurrency import Concurrency
from pipelines.connectwise.errors import (
    TRY_LATER,
    ConnectWiseError,
    HostUnreachableError,
    MalformedResponseError,
    RateLimitedError,
    RequestTimedOutError,
    ServerError,
)
from pipelines.connectwise.events import (
    Event,
    Hook,
    RateLimitWaited,
    RequestFinished,
    RetryScheduled,
)
from pipelines.connectwise.rate_limit import RateLimiter
from pipelines.connectwise.responses import Redact, fault_of, request_id_of
from pipelines.connectwise.retry import RetryPolicy, with_retries

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One request, without the keys; ``signed`` says whether they are added."""

    call: Call
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    signed: bool = True


class Exchange:
    """Sends calls for one tenant; safe between threads."""

    def __init__(
        self,
        http: httpx.Client,
        *,
        limiter: RateLimiter,
        policy: RetryPolicy,
        hooks: Sequence[Hook],
        redact: Redact,
        concurrency: Concurrency | None = None,
    ) -> None:
        self._http = http
        self._limiter = limiter
        self._policy = policy
        self._hooks = tuple(hooks)
        self._redact = redact
        self._concurrency = concurrency or Concurrency()
        self._has_answered = False

    def emit(self, event: Event) -> None:
        """Hand an event to every hook."""
        for hook in self._hooks:
            hook(event)

    def send(
        self,
        request: Outgoing,
        read: Callable[[httpx.Response, Call], T],
        *,
        may_ask_for_less: bool = False,
    ) -> T:
        """Send ``request`` and ``read`` its 2xx answer, with retries around both.

        Args:
            request: what to send.
            read: turns the answer into a value; its errors are retried as well.
            may_ask_for_less: the caller can come back with a smaller page, so a
                server that fails or times out is not asked all the times.

        Raises:
            ConnectWiseError: as drawn in ``errors.py``.
        """

        def attempts_for(error: ConnectWiseError) -> int:
            if may_ask_for_less and isinstance(error, ServerError):
                return self._policy.attempts_before_smaller_page
            return self._attempts_for(error)

        def before_wait(error: ConnectWiseError, attempt: int, wait: float) -> None:
            if isinstance(error, RateLimitedError):
                self._limiter.pause(wait)
                self._concurrency.refused()
            self.emit(RetryScheduled(request.call, attempt, wait, error.what))

        return with_retries(
            self._policy,
            lambda: self._attempt(request, read),
            attempts_for=attempts_for,
            before_wait=before_wait,
        )

    def _attempts_for(self, error: ConnectWiseError) -> int:
        typed_wrong = (
            HostUnreachableError,
            RequestTimedOutError,
            MalformedResponseError,
        )
        if not self._has_answered and isinstance(error, typed_wrong):
            return self._policy.first_contact_attempts
        return self._policy.attempts

    def _attempt(
        self, request: Outgoing, read: Callable[[httpx.Response, Call], T]
    ) -> T:
        with self._concurrency.slot():
            waited = self._limiter.acquire()
            if waited:
                self.emit(RateLimitWaited(request.call, waited))
            response = self._receive(request)
        if not response.is_success:
            raise fault_of(response, request.call, redact=self._redact)
        value = read(response, request.call)
        self._has_answered = True
        return value

    def _receive(self, request: Outgoing) -> httpx.Response:
        started = self._policy.monotonic()
        try:
            response = self._http.request(
                request.call.method,
                request.url,
                headers=request.headers,
                json=request.body,
                auth=httpx.USE_CLIENT_DEFAULT if request.signed else None,
            )
        except httpx.HTTPError as error:
            # The cause is cut off: it holds the request, and that the keys.
            raise _transport_fault(error, request) from None
        seconds = self._policy.monotonic() - started
        if response.is_success:
            self._concurrency.answered(seconds)
        finished = RequestFinished(
            call=request.call,
            status=response.status_code,
            seconds=seconds,
            size=len(response.content),
            request_id=request_id_of(response),
        )
        self.emit(finished)
        return response


def _transport_fault(error: httpx.HTTPError, request: Outgoing) -> ConnectWiseError:
    host = httpx.URL(request.url).host
    match error:
        case httpx.ConnectTimeout() | httpx.ConnectError() | httpx.ProxyError():
            return _unreachable(error, host, request.call)
        case httpx.TimeoutException():
            return RequestTimedOutError(
                f"{host} did not answer in time",
                remedy=f"raise CWP_SYNC__TIMEOUT_SECONDS, or {TRY_LATER}",
                call=request.call,
                retryable=True,
            )
        case httpx.RemoteProtocolError() | httpx.DecodingError():
            return MalformedResponseError(
                f"The answer of {host} broke off or is not HTTP",
                remedy=f"check CW_BASE_URL and proxies, or {TRY_LATER}",
                call=request.call,
                retryable=True,
            )
    return HostUnreachableError(
        f"The connection to {host} broke",
        remedy=f"check the network, or {TRY_LATER}",
        call=request.call,
        retryable=True,
    )


def _unreachable(error: httpx.HTTPError, host: str, call: Call) -> HostUnreachableError:
    if "CERTIFICATE_VERIFY_FAILED" in str(error):
        return HostUnreachableError(
            f"The certificate of {host} is not trusted",
            remedy="check CW_BASE_URL, or name your own authority in SSL_CERT_FILE",
            call=call,
        )
    return HostUnreachableError(
        f"{host} cannot be reached",
        remedy="check CW_BASE_URL and the network",
        call=call,
        retryable=True,
    )
