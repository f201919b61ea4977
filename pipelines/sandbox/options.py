"""What one sandbox is told when it starts: its clock, limits, rights and faults."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

FaultKind = Literal["html", "truncated", "empty", "timeout", "slow", "refused"]


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault on demand.

    Attributes:
        path: path below ``/apis/3.0``, as it is asked, or ``*`` for every path.
        kind: ``html`` a gateway's 502 page, ``truncated`` half of the JSON, ``empty``
            no body with status 200, ``timeout`` a 500 that speaks of a timeout,
            ``slow`` the right answer after ``seconds``, ``refused`` a 403.
        nth: the first request to the path that is hit, counted from 1.
        times: how many requests are hit from then on; None for all.
        seconds: delay of ``slow``.
    """

    path: str
    kind: FaultKind
    nth: int = 1
    times: int | None = 1
    seconds: float = 1.0


@dataclass(frozen=True, slots=True)
class SandboxOptions:
    """Options of a sandbox; the defaults make a plain and fast one.

    Attributes:
        now: instant at which the clock starts.
        rate_limit_per_minute: requests answered in a minute; None for all.
        latency_ms: delay of every answer.
        tls: serve https with a certificate made for the occasion.
        api_version: version of the API, ``2026.4`` or the older model ``2025.1``.
        child_edits_bump_parent: a note or a time entry that is written moves its
            ticket's ``lastUpdated``, and time its hours; otherwise nothing of the
            parent changes.
        percent_like: ``like`` takes ``%``; otherwise such a condition is ignored.
        denied_paths: lists answered by 403, with everything below them. An entry is
            a path (``/service/boards/3``) or a template
            (``/service/boards/{parent_id}/statuses``).
        faults: faults on demand.
        company_id: login company.
        public_key: API key.
        private_key: its private half.
    """

    now: datetime = datetime(2026, 3, 31, 21, tzinfo=UTC)
    rate_limit_per_minute: int | None = None
    latency_ms: int = 0
    tls: bool = False
    api_version: Literal["2025.1", "2026.4"] = "2026.4"
    child_edits_bump_parent: bool = True
    percent_like: bool = False
    denied_paths: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    company_id: str = "sandbox"
    public_key: str = "public"
    private_key: str = "private"

    @property
    def codebase(self) -> str:
        """First part of the API's path, as company info gives it."""
        return f"v{self.api_version.replace('.', '_')}/"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a running sandbox is, and credentials that it takes."""

    base_url: str
    company_id: str
    public_key: str
    private_key: str
    client_id: str
    certificate: Path | None = None
