"""Everything the simulation shares: sizes, span, people, clients, story plan.

A ``Scene`` is built once in ``world`` and handed to every step; only desk, ids, dirt
log and story tallies change while the months go by.
"""

from dataclasses import dataclass, field
from itertools import count
from random import Random

from pipelines.sandbox.generate.agreements import Agreement
from pipelines.sandbox.generate.calendar import Month, WorkCalendar
from pipelines.sandbox.generate.clients import Company
from pipelines.sandbox.generate.desk import Desk
from pipelines.sandbox.generate.dirt import DirtLog
from pipelines.sandbox.generate.errands import Errand
from pipelines.sandbox.generate.firm import Board
from pipelines.sandbox.generate.members import Member
from pipelines.sandbox.generate.money_stories import MoneyStories
from pipelines.sandbox.generate.profiles import Profile
from pipelines.sandbox.generate.records import Json
from pipelines.sandbox.generate.stories import Stories
from pipelines.sandbox.generate.streams import stream
from pipelines.sandbox.generate.teams import Team
from pipelines.sandbox.generate.writer import Writer

FORGOTTEN = "forgotten"


@dataclass(slots=True)
class Charge:
    """What time is logged against, with all that the time entry repeats of it.

    ``cover`` is how it is billed: ``agreement``, ``tm`` (time and materials),
    ``project`` (actual rates), ``fixed`` (fixed fee), ``forgotten`` (to be billed, but
    no run does: story 9) or ``none``.
    """

    id: int
    type: str
    company: Company
    cover: str
    agreement: Agreement | None = None
    ticket: Json | None = None
    project: Json | None = None
    phase: Json | None = None
    board: str | None = None
    status: str | None = None
    kind: str | None = None
    subtype: str | None = None
    department: str = "Service"


@dataclass(slots=True)
class Scene:
    """The shared state of one world in the making."""

    profile: Profile
    seed: int
    start: int
    now: int
    months: tuple[Month, ...]
    calendars: dict[int, WorkCalendar]
    boards: dict[int, Board]
    members: list[Member]
    companies: list[Company]
    agreements: list[Agreement]
    teams: list[Team]
    stories: Stories
    money: MoneyStories
    dirt: DirtLog
    desk: Desk
    writer: Writer
    ticket_ids: "count[int]" = field(default_factory=lambda: count(1_001))
    note_ids: "count[int]" = field(default_factory=lambda: count(5_001))
    task_ids: "count[int]" = field(default_factory=lambda: count(60_001))
    schedule_ids: "count[int]" = field(default_factory=lambda: count(2_001))
    errands: list[Errand] = field(default_factory=list)
    sales_tickets: dict[int, Json] = field(default_factory=dict)
    sales_won: dict[int, Json] = field(default_factory=dict)

    @property
    def internal(self) -> Company:
        """The firm's own company record."""
        return self.companies[0]

    @property
    def api_member(self) -> Member:
        """The member under which automation writes."""
        return self.members[-1]

    def stream(self, name: str) -> Random:
        """A random stream of this world."""
        return stream(self.seed, f"{self.profile.name}/{name}")

    def dispatcher(self, at: int) -> Member:
        """Who triages at that instant."""
        return self.desk.pick(("dispatch", "owner"), at)
