"""What one sandbox is told when it starts: its clock, limits, rights and faults.

Everything here may change while it runs (``control``), but for ``now`` and ``tls``.
How a fault is carried out is in ``faults`` and ``disturbances``.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from pipelines.errors import SandboxError

FaultKind = Literal[
    "html",
    "truncated",
    "empty",
    "timeout",
    "slow",
    "refused",
    "reset",
    "storm",
    "storm-date",
    "storm-silent",
]
FaultName = Literal[
    "html",
    "truncated",
    "empty",
    "timeout",
    "reset",
    "storm",
    "storm-date",
    "storm-silent",
    "null-text",
    "repeated-rows",
    "skipped-rows",
    "late-rows",
    "denied-board",
    "hidden-fields",
    "clock-skew",
    "shrunken",
    "shrunken-with-count",
]
# What NAME alone means. A share of requests or rows, but for the board's id and the
# seconds of the skew.
_AMOUNTS: Mapping[str, float] = {
    "null-text": 0.02,
    "late-rows": 0.5,
    "repeated-rows": 0.2,
    "skipped-rows": 0.2,
    "denied-board": 1,
    "hidden-fields": 1,
    "clock-skew": 300,
    "shrunken": 0.1,
    "shrunken-with-count": 0.1,
}
_USUAL_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault on demand.

    Attributes:
        path: path below ``/apis/3.0``, as it is asked, or ``*`` for every path.
        kind: ``html`` a gateway's 502 page, ``truncated`` half of the JSON, ``empty``
            no body with status 200, ``timeout`` a 500 that speaks of a timeout,
            ``slow`` the right answer after ``seconds``, ``refused`` a 403, ``reset``
            a connection reset in the middle of the answer, ``storm`` a 429 with
            Retry-After in seconds, ``storm-date`` with a date, ``storm-silent``
            without.
        nth: the first request to the path that is hit, counted from 1.
        times: how many requests are hit from then on; None for all.
        seconds: delay of ``slow``, and what a storm asks to wait.
    """

    path: str
    kind: FaultKind
    nth: int = 1
    times: int | None = 1
    seconds: float = 1.0


@dataclass(frozen=True, slots=True)
class NamedFault:
    r"""A fault that hits a share of what is read, by seed and not by chance.

    Attributes:
        name: kinds of ``Fault`` hit a share of the requests (a storm ten in a row).
            ``null-text`` puts ``\u0000`` into a share of records, ``repeated-rows``
            and ``skipped-rows`` shift a share of navigable pages as changes underneath
            do, ``late-rows`` stamps a share of writes up to 15 minutes back,
            ``denied-board`` takes a board away with its tickets, ``hidden-fields``
            money fields, ``clock-skew`` sets the Date header off, ``shrunken`` loses
            a share of every list's rows, ``shrunken-with-count`` of its counts too.
        amount: the share; the board's id for ``denied-board``, seconds for
            ``clock-skew``.
    """

    name: FaultName
    amount: float


@dataclass(frozen=True, slots=True)
class Role:
    """What a security role keeps from the API member.

    Attributes:
        hidden_fields: list path → names that its records come without.
        hidden_rows: list path → conditions; rows that fulfil them are left out.
        denied: lists answered by 403, with everything below them, as
            ``SandboxOptions.denied_paths``.
    """

    hidden_fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hidden_rows: Mapping[str, str] = field(default_factory=dict)
    denied: tuple[str, ...] = ()


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
        large_pages: a ``pageSize`` above 1,000 is refused (400) or clamped.
        forward_order_by: ``orderBy`` in forward-only paging is ignored or refused.
        default_order: rows without ``orderBy`` come by id, or shuffled in navigable
            paging (the same way every time).
        bad_keys: status of wrong credentials.
        hidden_record: status of a single record that the role hides.
        forecast: an opportunity's forecast comes as a list of one, as the contract
            says, or as one object, as others report.
        gzip: compress answers for clients that take it.
        slowness: seconds that a page takes for each 100,000 rows it has to pass.
        timeout_seconds: a page that would take longer answers 500 at once.
        denied_paths: lists answered by 403, with everything below them. An entry is
            a path (``/service/boards/3``) or a template
            (``/service/boards/{parent_id}/statuses``).
        role: what the API member's security role keeps from it.
        faults: faults on demand, by path.
        named_faults: faults by name, that hit a share of what is read.
        fault_seed: another seed hits others.
        live_per_minute: events a minute that change the world while it is served.
        live_seed: another seed gives other events.
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
    large_pages: Literal["refuse", "clamp"] = "refuse"
    forward_order_by: Literal["ignore", "refuse"] = "ignore"
    default_order: Literal["id", "shuffled"] = "id"
    bad_keys: Literal["401", "404"] = "401"
    hidden_record: Literal["403", "404"] = "403"
    forecast: Literal["list", "object"] = "list"
    gzip: bool = False
    slowness: float = 0.0
    timeout_seconds: float | None = None
    denied_paths: tuple[str, ...] = ()
    role: Role = field(default_factory=Role)
    faults: tuple[Fault, ...] = ()
    named_faults: tuple[NamedFault, ...] = ()
    fault_seed: int = 0
    live_per_minute: int = 0
    live_seed: int = 0
    company_id: str = "sandbox"
    public_key: str = "public"
    private_key: str = "private"

    @property
    def codebase(self) -> str:
        """First part of the API's path, as company info gives it."""
        return f"v{self.api_version.replace('.', '_')}/"

    def amount_of(self, name: FaultName) -> float:
        """The amount of a named fault; 0 where it is not chosen."""
        return next((f.amount for f in self.named_faults if f.name == name), 0.0)


SWITCHES = (
    "child_edits_bump_parent",
    "percent_like",
    "large_pages",
    "forward_order_by",
    "default_order",
    "bad_keys",
    "hidden_record",
    "forecast",
    "gzip",
    "slowness",
    "timeout_seconds",
)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a running sandbox is, and credentials that it takes."""

    base_url: str
    company_id: str
    public_key: str
    private_key: str
    client_id: str
    certificate: Path | None = None


def named_fault(text: str) -> NamedFault:
    """Read ``NAME`` or ``NAME=AMOUNT``.

    Raises:
        SandboxError: there is no such fault, or the amount is no number above zero.
    """
    name, mark, amount = text.partition("=")
    known = get_args(FaultName)
    if name not in known:
        raise SandboxError(f"There is no fault {name}; choose {', '.join(known)}.")
    try:
        number = float(amount) if mark else _AMOUNTS.get(name, _USUAL_SHARE)
    except ValueError:
        number = 0.0
    is_share = name not in {"denied-board", "clock-skew"}
    if not number > 0 or (is_share and number > 1):
        kind = "a share such as 0.05" if is_share else "a number above zero"
        raise SandboxError(f"Give the fault {name} {kind}, not {amount!r}.")
    return NamedFault(name, number)  # type: ignore[arg-type]


def switches(texts: Iterable[str]) -> dict[str, Any]:
    """Read ``NAME`` or ``NAME=VALUE`` of what the vendor's documents leave open.

    Raises:
        SandboxError: there is no such switch, or it does not take the value.
    """
    given = {}
    for text in texts:
        name, mark, value = text.partition("=")
        key = name.replace("-", "_")
        if key not in SWITCHES:
            known = ", ".join(each.replace("_", "-") for each in SWITCHES)
            raise SandboxError(f"There is no switch {name}; choose {known}.")
        given[key] = _switched(key, value if mark else "true")
    return given


def _switched(key: str, value: str) -> Any:
    kind = get_type_hints(SandboxOptions)[key]
    try:
        return msgspec.convert(value, kind, strict=False)
    except msgspec.ValidationError:
        name = key.replace("_", "-")
        choices = get_args(kind) if get_origin(kind) is Literal else ("true", "false")
        takes = "a number" if "float" in str(kind) else " or ".join(choices)
        raise SandboxError(f"The switch {name} takes {takes}, not {value!r}.") from None
