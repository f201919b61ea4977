"""Everything that can go wrong between us and ConnectWise.

Each text is one sentence: what happened, at which call, and what to do. No text ever
holds a key, a clientId or a query string.

    ConnectWiseError
    ├── ConnectionFailedError        nothing can be read until the set-up changes
    │   ├── AuthenticationError      401
    │   │   ├── ClientIdError        clientId missing or not registered
    │   │   └── GatewayNotFoundError 404 from the edge, not from the API
    │   ├── CompanyNotFoundError     the login company does not exist
    │   └── HostUnreachableError     no ConnectWise answers at this address
    ├── NotGrantedError              403: the security role does not grant it
    ├── NotFoundError                404 from the API itself
    ├── BadRequestError              any other 4xx
    ├── RateLimitedError             429
    ├── ServerError                  5xx
    │   └── RequestTimedOutError     no answer in time, on either side
    ├── MalformedResponseError       HTML, empty or truncated JSON
    └── ReadOnlyError                a verb that could change the tenant

What comes from the other side, as a callback, fails in its own way:

    CallbackError
    ├── CallbackRefusedError         not ConnectWise's, or no callback at all
    └── KeyUnavailableError          its signing key cannot be had now
"""

from datetime import datetime

from pipelines.connectwise.calls import Call
from pipelines.errors import PipelinesError

TRY_LATER = "try again later, nothing already loaded is lost"


class ConnectWiseError(PipelinesError):
    """Root of all errors of the client.

    Attributes:
        call: the call that failed, if any.
        status: HTTP status, if there was an answer.
        request_id: ``x-cw-request-id`` of the answer; the vendor's support asks for it.
        retryable: whether the same call may be sent again.
        retry_after: seconds that the server asked to wait, if it did.
        attempts: how often the call was sent.
        server_date: the answer's ``Date``, if there was one.
        codes: the codes in the answer's body, the outermost first.
    """

    def __init__(
        self,
        what: str,
        *,
        remedy: str,
        call: Call | None = None,
        status: int | None = None,
        request_id: str | None = None,
        retryable: bool = False,
        retry_after: float | None = None,
    ) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.call = call
        self.status = status
        self.request_id = request_id
        self.retryable = retryable
        self.retry_after = retry_after
        self.attempts = 1
        self.server_date: datetime | None = None
        self.codes: tuple[str, ...] = ()

    def __str__(self) -> str:
        details = [
            str(self.call) if self.call else "",
            f"request {self.request_id}" if self.request_id else "",
            f"{self.attempts} tries" if self.attempts > 1 else "",
        ]
        place = "; ".join(detail for detail in details if detail)
        return f"{self.what}{f' ({place})' if place else ''}: {self.remedy}."


class ConnectionFailedError(ConnectWiseError):
    """Nothing can be read until settings, tenant or network change."""


class AuthenticationError(ConnectionFailedError):
    """The keys were refused."""


class ClientIdError(AuthenticationError):
    """The clientId is missing or not registered."""


class GatewayNotFoundError(AuthenticationError):
    """A 404 that the edge gave, not the API.

    Cloud gateways answer so for a wrong codebase and also for wrong keys, so it never
    means that a record is missing.
    """


class CompanyNotFoundError(ConnectionFailedError):
    """The login company is unknown at this host."""


class HostUnreachableError(ConnectionFailedError):
    """No ConnectWise PSA answers at this address."""


class NotGrantedError(ConnectWiseError):
    """The security role of the API member does not grant the endpoint.

    Says nothing about how many rows there are.
    """


class NotFoundError(ConnectWiseError):
    """The API itself says that the record or the endpoint does not exist."""


class BadRequestError(ConnectWiseError):
    """The API refused the request; sending it again cannot help."""


class RateLimitedError(ConnectWiseError):
    """Too many requests, even after waiting as asked."""


class ServerError(ConnectWiseError):
    """ConnectWise failed on its own side."""


class RequestTimedOutError(ServerError):
    """No answer in time: ours ran out, or the server says that its own did."""


class MalformedResponseError(ConnectWiseError):
    """The body is not the complete JSON that was asked for."""


class ReadOnlyError(ConnectWiseError):
    """The request could change the tenant; it was not sent."""


class CallbackError(PipelinesError):
    """A message that came in as a callback was not taken; for logs, not for senders."""


class CallbackRefusedError(CallbackError):
    """The message is not from the configured tenant, or is no callback."""


class KeyUnavailableError(CallbackError):
    """Nothing is known of the message yet; it should be delivered again."""
