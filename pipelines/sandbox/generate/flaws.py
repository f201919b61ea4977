"""The kinds of dirt and how each spoils a record.

A flaw returns whether the record suited it. None of them breaks what clients need to
read a record at all (names, required fields, types): real tenants do not either.
"""

from datetime import datetime
from random import Random

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.agreement_records import agreement_record
from pipelines.sandbox.generate.agreements import Agreement
from pipelines.sandbox.generate.calendar import DAY, HOUR, stamp
from pipelines.sandbox.generate.clients import GONE_CONTACT_ID
from pipelines.sandbox.generate.dirt import Flaw, Spill
from pipelines.sandbox.generate.members import GONE_MEMBER_ID
from pipelines.sandbox.generate.projects import Project
from pipelines.sandbox.generate.records import (
    CHANGED_TYPE_FIELD,
    DUPLICATE_CAPTION_FIELDS,
    Json,
    coded_ref,
    custom_fields,
    info,
    ref,
)
from pipelines.sandbox.generate.scene import Scene

FAR_PAST, FAR_FUTURE = "1900-01-01T00:00:00Z", "2099-12-31T00:00:00Z"
AWKWARD_HOURS = 0.083333333333333329
LONG_NOTE = 60_000
UNFILLED_SERIAL = "To be filled by O.E.M."
_GONE_MEMBER = coded_ref(GONE_MEMBER_ID, "goneuser", "Gone User")
_GONE_CONTACT = ref(GONE_CONTACT_ID, "Gone Contact")
_GONE_PHASE = ref(999_999, "Gone phase")
_WRONG_SLA_SHARE = 0.02

TEXTS = {
    "html": "<p>Hello <b>team</b>,<br/>see <a href='https://x.example'>this</a>.</p>"
    "<script>alert(1)</script>",
    "emoji": "Printer is on fire \U0001f525\U0001f5a8\ufe0f again \U0001f605",
    "right_to_left": "\u202b\u05e9\u05dc\u05d5\u05dd"
    " \u0645\u0631\u062d\u0628\u0627\u202c",
    "formula": '=HYPERLINK("https://evil.example","click")',
    "quotes": 'It\'s "quoted", `ticked`, 100% \\ back\\slashed; DROP TABLE x;--',
    "tabs": "col1\tcol2\tcol3\r\n1\t2\t3",
    "nul": "before\u0000after",
    "very_long": "word " * (LONG_NOTE // 5),
}


def _moment(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def _set(name: str, value: object) -> Flaw:
    def flaw(record: Json) -> bool:
        if name not in record:
            return False
        record[name] = value
        return True

    return flaw


def _drop(name: str) -> Flaw:
    def flaw(record: Json) -> bool:
        return record.pop(name, None) is not None

    return flaw


def _add_date(name: str, value: str) -> Flaw:
    def flaw(record: Json) -> bool:
        record[name] = value
        return True

    return flaw


def _closed_too_early(record: Json) -> bool:
    if "closedDate" not in record:
        return False
    entered = _moment(record["_info"]["dateEntered"])
    record["closedDate"] = stamp(entered - 2 * DAY)
    return True


def _wrong_hours(record: Json) -> bool:
    if record["actualHours"] <= 0:
        return False
    record["actualHours"] = round(record["actualHours"] + 0.75, 2)
    return True


def _value_as_text(record: Json) -> bool:
    values = {
        each["id"]: each["value"]
        for each in record["customFields"]
        if each["value"] is not None
    }
    values[CHANGED_TYPE_FIELD] = "about 12"
    record["customFields"] = custom_fields("ticket", values)
    return True


def _text(name: str, text: str) -> Flaw:
    def flaw(record: Json) -> bool:
        record[name] = text
        return True

    return flaw


def _summary(record: Json) -> bool:
    record["summary"] = '=HYPERLINK("https://evil.example","invoice")'
    return True


def _end_before_start(record: Json) -> bool:
    if "timeEnd" not in record:
        return False
    record["timeEnd"] = stamp(_moment(record["timeStart"]) - 3 * HOUR)
    return True


def _charge_code_hours(hours: float) -> Flaw:
    """Only where no ticket's sum depends on it."""

    def flaw(record: Json) -> bool:
        if record["chargeToType"] != "ChargeCode" or record["actualHours"] >= 8:
            return False
        record["actualHours"] = hours
        if hours > 0:
            end = _moment(record["timeStart"]) + int(hours * HOUR)
            if end > _moment(record["dateEntered"]):
                record["timeStart"] = stamp(
                    _moment(record["timeEnd"]) - int(hours * HOUR)
                )
                return True
            record["timeEnd"] = stamp(end)
        return True

    return flaw


_TICKET_FLAWS: dict[str, tuple[int, Flaw]] = {
    "closed_without_closed_date": (6, _drop("closedDate")),
    "closed_before_entered": (6, _closed_too_early),
    "ticket_of_deleted_contact": (5, _set("contact", _GONE_CONTACT)),
    "ticket_of_deleted_member": (5, _set("owner", _GONE_MEMBER)),
    "ticket_required_1900": (5, _add_date("requiredDate", FAR_PAST)),
    "ticket_required_2099": (3, _add_date("requiredDate", FAR_FUTURE)),
    "ticket_hours_differ": (4, _wrong_hours),
    "ticket_formula_summary": (3, _summary),
    "ticket_currency_missing": (5, _drop("currency")),
    "custom_field_value_type_changed": (8, _value_as_text),
}
_TIME_FLAWS: dict[str, tuple[int, Flaw]] = {
    "time_end_before_start": (6, _end_before_start),
    "time_end_missing": (6, _drop("timeEnd")),
    "time_negative_hours": (4, _charge_code_hours(-1.5)),
    "time_25_hours": (4, _charge_code_hours(25.0)),
    "time_awkward_fraction": (6, _charge_code_hours(AWKWARD_HOURS)),
    "time_of_deleted_member": (5, _set("member", _GONE_MEMBER)),
    "time_cost_missing": (6, _drop("hourlyCost")),
    **{
        f"time_note_{name}": (2, _text("notes", text))
        for name, text in TEXTS.items()
        if name != "very_long"
    },
}
_NOTE_FLAWS: dict[str, tuple[int, Flaw]] = {
    f"note_{name}": (3, _text("text", text)) for name, text in TEXTS.items()
}
_PROJECT_TICKET_FLAWS: dict[str, tuple[int, Flaw]] = {
    "project_ticket_of_orphan_phase": (2, _set("phase", _GONE_PHASE)),
}
_PROJECT_FLAWS: dict[str, tuple[int, Flaw]] = {
    "project_billing_start_1900": (2, _add_date("billingStartDate", FAR_PAST)),
}
_CONFIGURATION_FLAWS: dict[str, tuple[int, Flaw]] = {
    "configuration_serial_not_filled": (6, _set("serialNumber", UNFILLED_SERIAL)),
    "configuration_warranty_1900": (5, _set("warrantyExpirationDate", FAR_PAST)),
    "configuration_of_deleted_contact": (4, _set("contact", _GONE_CONTACT)),
}
_COMPANY_FLAWS: dict[str, tuple[int, Flaw]] = {
    "company_currency_missing": (2, _drop("currency")),
}


class Flaws:
    """All flaws of one world, each over its stream of records."""

    def __init__(self, scene: Scene, *, tickets: int, project_tickets: int) -> None:
        profile, self.log = scene.profile, scene.dirt
        self._rng: Random = scene.stream("flaws")

        def spill(path: str, flaws: dict[str, tuple[int, Flaw]], total: int) -> Spill:
            return Spill(self.log, path, flaws, total=total, rng=self._rng)

        self.tickets = spill("/service/tickets", _TICKET_FLAWS, tickets)
        self.project_tickets = spill(
            "/project/tickets", _PROJECT_TICKET_FLAWS, project_tickets
        )
        self.notes = spill("/service/tickets/{parent_id}/notes", _NOTE_FLAWS, tickets)
        self.times = spill("/time/entries", _TIME_FLAWS, profile.time_entries)
        self.projects = spill("/project/projects", _PROJECT_FLAWS, profile.projects)
        clients = sum(company.is_client for company in scene.companies)
        self.companies = spill("/company/companies", _COMPANY_FLAWS, clients - 1)
        seats = sum(c.seats for c in scene.companies if c.is_client)
        self.configurations = Spill(
            self.log, "/company/configurations", _CONFIGURATION_FLAWS,
            total=seats // 2, rng=scene.stream("configuration flaws"),
        )  # fmt: skip

    def misjudge(self, record: Json) -> None:
        """Turn ``isInSla`` round on 2 % of the tickets that have an SLA."""
        if "sla" in record and self._rng.random() < _WRONG_SLA_SHARE:
            record["isInSla"] = not record["isInSla"]
            self.log.note("wrong_is_in_sla", "/service/tickets", record["id"])

    def add_orphan_phase(self, project: Project, scene: Scene) -> None:
        """A phase below a parent phase that is gone."""
        at = min(project.changed, scene.now)
        record: Json = {
            "id": 999_001,
            "projectId": project.id,
            "description": "Leftover of an old plan",
            "board": ref(firm.PROJECTS, "Projects"),
            "status": ref(1, "Open"),
            "parentPhase": _GONE_PHASE,
            "wbsCode": "9",
            "billTime": "NoDefault",
            "billExpenses": "NoDefault",
            "billProducts": "Billable",
            "markAsMilestoneFlag": False,
            "scheduledHours": 0.0,
            "actualHours": 0.0,
            "budgetHours": 0.0,
            "customFields": custom_fields("phase"),
            "_info": info(at, "setup1"),
        }
        path = "/project/projects/{parent_id}/phases"
        scene.writer.add(path, record, project.id)
        self.log.note("orphan_phase", path, 999_001)

    def note_setup(self, scene: Scene) -> None:
        """Count the dirt that is built into people and set-up tables."""
        log = self.log
        for member in scene.members:
            if member.role != "api" and not member.cost:
                kind = "zero" if member.cost == 0 else "missing"
                log.note(f"member_cost_{kind}", "/system/members", member.id)
            log.note("windows_time_zone", "/system/members", member.id)
        log.note("cost_multiplier_zero", "/time/workTypes", firm.ZERO_COST_WORK_TYPE)
        blank = scene.boards[firm.HELP_DESK].statuses["waiting_client"].id
        statuses = "/service/boards/{parent_id}/statuses"
        log.note("status_name_with_trailing_blank", statuses, blank)
        wrong = scene.boards[firm.HELP_DESK].statuses["details"].id
        log.note("status_mapped_wrongly", statuses, wrong)
        for number in DUPLICATE_CAPTION_FIELDS:
            log.note("duplicate_custom_field_caption", "/service/tickets", number)
        twin = next(c for c in scene.companies if c.kind == "deleted")
        log.note("company_duplicated", "/company/companies", twin.id)

    def backward_agreement(self, scene: Scene) -> Json:
        """An agreement that ends before it starts; nothing refers to it."""
        company = next(c for c in scene.companies if c.is_client)
        start = scene.start + 90 * DAY
        start -= start % DAY
        agreement = Agreement(
            9_001, f"Typing error - {company.name}", "prepaid", company, start,
            start - 30 * DAY, cancelled=False, amount=0.0, hours=0.0,
            covers_time=False, changed=start,
        )  # fmt: skip
        self.log.note("agreement_ends_before_start", "/finance/agreements", 9_001)
        return agreement_record(agreement, now=scene.now)

    def far_agreement_end(self, record: Json) -> None:
        """Someone typed 2099 instead of ticking no ending date."""
        record["endDate"] = FAR_FUTURE
        record["noEndingDateFlag"] = False
        self.log.note("agreement_ends_2099", "/finance/agreements", record["id"])

    def expired_but_used(self, record: Json, *, now: int) -> None:
        """Nobody renewed it on paper; tickets and invoices go on under it."""
        record["endDate"] = stamp(now - now % DAY - 80 * DAY)
        record["noEndingDateFlag"] = False
        record["agreementStatus"] = "Expired"
        path = "/finance/agreements"
        self.log.note("agreement_expired_still_used", path, record["id"])
