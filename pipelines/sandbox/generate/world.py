"""Assembles a world: sets the scene, lets the months go by, writes the manifest.

Each month: tickets and project work, time off and internal work, then billing; what is
finished is written at once, so memory does not grow with the length of the story.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.agreements import make_agreements
from pipelines.sandbox.generate.arrivals import Arrivals
from pipelines.sandbox.generate.board_lists import write_board_lists
from pipelines.sandbox.generate.calendar import (
    DAY,
    Month,
    instant,
    local_date,
    months_until,
    stamp,
)
from pipelines.sandbox.generate.clients import (
    Company,
    add_contacts,
    company_record,
    contact_record,
    make_companies,
)
from pipelines.sandbox.generate.company_details import write_company_details
from pipelines.sandbox.generate.configurations import write_configurations
from pipelines.sandbox.generate.desk import Desk
from pipelines.sandbox.generate.desk_lists import write_desk_lists
from pipelines.sandbox.generate.dirt import DirtLog
from pipelines.sandbox.generate.finance_setup import write_finance_setup
from pipelines.sandbox.generate.firm_records import write_setup
from pipelines.sandbox.generate.flaws import Flaws
from pipelines.sandbox.generate.full_records import FullRecords
from pipelines.sandbox.generate.member_days import MemberDays
from pipelines.sandbox.generate.members import cast_members, member_records
from pipelines.sandbox.generate.money_stories import money_story_manifest
from pipelines.sandbox.generate.money_tallies import restate, tally_money
from pipelines.sandbox.generate.money_world import MoneySide, settle_agreements
from pipelines.sandbox.generate.office_lists import write_office_lists
from pipelines.sandbox.generate.outbox import Outbox
from pipelines.sandbox.generate.profiles import Profile, profile_named
from pipelines.sandbox.generate.project_work import ProjectDesk
from pipelines.sandbox.generate.sales_setup import write_sales_setup
from pipelines.sandbox.generate.scene import Scene
from pipelines.sandbox.generate.service import ServiceDesk
from pipelines.sandbox.generate.stories import (
    choose_overpayer,
    plan_stories,
    settle_loser,
    settle_overpayer,
    staffing_of,
    story_manifest,
)
from pipelines.sandbox.generate.streams import stream
from pipelines.sandbox.generate.surveys import SurveyDesk
from pipelines.sandbox.generate.teams import make_teams, team_ids
from pipelines.sandbox.generate.time_entries import TimeBook, Work, time_record
from pipelines.sandbox.generate.time_sheets import SheetBook
from pipelines.sandbox.generate.writer import Writer

Progress = Callable[[str, int, int], None]
_HELD_BACK = 25


def build_world(
    path: Path,
    *,
    profile: str,
    seed: int,
    now: datetime,
    progress: Progress | None = None,
) -> None:
    """Write a simulated MSP into a Store file at ``path``.

    Args:
        path: the SQLite file; replaced when it exists.
        profile: ``tiny``, ``small``, ``medium`` or ``large``.
        seed: the same seed, profile and now give the same bytes.
        now: the aware instant at which the world stands.
        progress: called with a label, months done and months to do.

    Raises:
        SandboxError: there is no such profile.
    """
    scene = _set_scene(path, profile_named(profile), seed=seed, now=instant(now))
    project_tickets = max(
        30 + 3 * (scene.profile.projects - 3),
        round(scene.profile.tickets * scene.profile.project_ticket_share),
    )
    service_tickets = scene.profile.tickets - project_tickets
    flaws = Flaws(scene, tickets=service_tickets, project_tickets=project_tickets)
    money = MoneySide(scene)
    _write_base(scene, flaws, money)
    book, till = TimeBook(scene), money.till
    outbox, sheets = Outbox(scene.now), SheetBook(scene.now)
    projects = ProjectDesk(
        scene, tickets=project_tickets, book=book, till=till, flaws=flaws,
        outbox=outbox,
    )  # fmt: skip
    arrivals = Arrivals(scene, service_tickets)
    desk = ServiceDesk(
        scene, arrivals=arrivals, projects=projects, book=book, flaws=flaws,
        outbox=outbox,
    )  # fmt: skip
    clerk = _TimeClerk(scene, flaws, sheets=sheets, outbox=outbox)
    days = MemberDays(scene, book)
    for month in scene.months:
        if progress:
            progress(month.first.isoformat()[:7], month.index, len(scene.months))
        desk.work(month)
        days.fill(month, clerk.target(month) - book.pushed)
        projects.settle(month)
        is_last = month is scene.months[-1]
        works = book.pop_until(scene.now if is_last else month.end)
        clerk.write(till.settle(month, works, is_last=is_last))
        scene.desk.forget_before(month.begin)
    projects.finish()
    money.finish()
    scene.writer.add_all("/time/sheets", sheets.records())
    outbox.write(scene.writer)
    scene.writer.close({**_manifest(scene, desk.surveys), **money.manifest()})
    if progress:
        progress("done", len(scene.months), len(scene.months))


def _set_scene(path: Path, profile: Profile, *, seed: int, now: int) -> Scene:
    def rng(name: str) -> Any:
        return stream(seed, f"{profile.name}/{name}")

    months = months_until(now, years=profile.years, zone=firm.ZONE)
    start = months[0].begin
    calendars = firm.calendars(months[0].first, local_date(now, firm.ZONE))
    members = cast_members(
        profile, rng=rng("members"), calendars=calendars, start=start, now=now,
        staffing=staffing_of(profile, now=now)[0],
    )  # fmt: skip
    companies = make_companies(
        profile, rng=rng("companies"), members=members, start=start, now=now
    )
    _exceptions(companies)
    overpayer = choose_overpayer(companies, now=now)
    add_contacts(companies, rng=rng("contacts"))
    agreements = make_agreements(companies, rng=rng("agreements"), start=start, now=now)
    settle_overpayer(overpayer)
    stories = plan_stories(
        profile, companies=companies, overpayer=overpayer, months=months, now=now,
        rng=rng("stories"),
    )  # fmt: skip
    settle_loser(stories.loser, seats=8 if profile.years == 1 else 14)
    kept = [a for a in agreements if a in a.company.agreements]
    kept, money = settle_agreements(
        kept, companies, members, stories, months=months, now=now
    )
    teams = make_teams(members, now=now)
    return Scene(
        profile=profile, seed=seed, start=start, now=now, months=months,
        calendars=calendars, boards=firm.boards_by_id(), members=members,
        companies=companies, agreements=kept, teams=teams, stories=stories,
        money=money,
        dirt=DirtLog(profile.dirt_scale), desk=Desk(members, rng("desk")),
        writer=Writer(
            path, extras=FullRecords(members, companies, now).by_path()
        ),
    )  # fmt: skip


def _exceptions(companies: list[Company]) -> None:
    """One client has no SLA; two are billed in another currency."""
    clients = [c for c in companies if c.kind in {"managed", "co_managed"}]
    clients[-1].sla = None
    for company in clients[1:3]:
        company.currency_code = "CAD"


def _write_base(scene: Scene, flaws: Flaws, money: MoneySide) -> None:
    """Set-up tables, people, clients and agreements."""
    writer, now = scene.writer, scene.now
    write_setup(writer, scene.calendars, start=scene.start)
    write_finance_setup(writer, start=scene.start)
    write_sales_setup(writer, start=scene.start)
    write_board_lists(scene)
    write_desk_lists(scene)
    write_office_lists(scene)
    people = member_records(scene.members, team_ids=team_ids(scene.teams), now=now)
    writer.add_all("/system/members", people)
    rng = scene.stream("company records")
    for company in scene.companies:
        record = company_record(company, rng=rng, now=now)
        if company.is_client:
            flaws.companies.over(record)
        writer.add("/company/companies", record)
        writer.add_all(
            "/company/contacts",
            (
                contact_record(company, each, rng=rng, start=scene.start, now=now)
                for each in company.contacts
            ),
        )
    write_company_details(scene)
    write_configurations(scene, flaws)
    money.write_base(flaws)
    flaws.note_setup(scene)


class _TimeClerk:
    """Numbers time entries, writes them, and measures stories on the way."""

    def __init__(
        self, scene: Scene, flaws: Flaws, *, sheets: SheetBook, outbox: Outbox
    ) -> None:
        self._scene = scene
        self._sheets = sheets
        self._outbox = outbox
        self._flaws = flaws
        self._next = 3_001
        self._rng = scene.stream("time records")

    def target(self, month: Month) -> int:
        """How many entries there should be at the end of the month."""
        total, months = self._scene.profile.time_entries, len(self._scene.months)
        if month.index + 1 == months:
            return total
        # A little is held back, so that the last month's days off still fit.
        return max(0, total * (month.index + 1) // months - _HELD_BACK)

    def write(self, works: list[Work]) -> None:
        """Write the records of entered work."""
        scene = self._scene
        restate(scene, works)
        for work in works:
            if work.edited:
                scene.money.restated.entries.append(self._next)
            record = time_record(self._next, work, now=scene.now, rng=self._rng)
            self._next += 1
            self._tally(work)
            self._flaws.times.over(record)
            scene.writer.add("/time/entries", record)
            self._sheets.add(record, work.member, at=work.start, entered=work.entered)
            self._outbox.add_time(record, work)

    def _tally(self, work: Work) -> None:
        stories, member = self._scene.stories, work.member
        tally_money(self._scene, work)
        if "late" in member.story:
            stories.lags.setdefault(member.id, []).append(work.entered - work.end)
        if "overtime" in member.story and work.start >= stories.overtime_from:
            done = stories.overtime_hours.get(member.id, 0.0)
            stories.overtime_hours[member.id] = done + work.hours
        if work.charge.ticket is not None:
            stories.ticket_hours += work.hours
        is_overpaid = work.charge.company is stories.overpayer
        if is_overpaid and work.start >= stories.overpaid_from:
            stories.overpayer_hours += work.hours
        if work.charge.company is stories.loser:
            index = stories.loser_month_of(work.start)
            if index is not None:
                entry = stories.labour.setdefault(index, [0.0, 0.0])
                entry[0] += work.hours
                entry[1] += work.hours * (member.cost_at(work.start) or 0.0)


def _manifest(scene: Scene, surveys: SurveyDesk) -> dict[str, Any]:
    kinds: dict[str, list[int]] = {}
    for company in scene.companies:
        kinds.setdefault(company.kind, []).append(company.id)
    return {
        "profile": scene.profile.name,
        "seed": scene.seed,
        "now": stamp(scene.now),
        "start": stamp(scene.start),
        "days": (scene.now - scene.start) // DAY,
        "server_time_zone": firm.SERVER_TIME_ZONE,
        "reporting_time_zone": str(firm.ZONE),
        "counts": dict(sorted(scene.writer.counts.items())),
        "companies": kinds,
        "companies.internal": scene.internal.id,
        "companies.catch_all": scene.companies[1].id,
        "members": {m.role: m.id for m in scene.members},
        "dirt": scene.dirt.manifest(),
        "surveys": surveys.manifest(),
        "stories": {
            **story_manifest(scene.stories, scene.members),
            **money_story_manifest(scene.money),
            "15": surveys.story(),
        },
    }
