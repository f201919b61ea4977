"""Records of projects, phases, project notes and project tickets."""

from random import Random

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.calendar import DAY, HOUR, stamp, utc_midnight
from pipelines.sandbox.generate.clients import Contact
from pipelines.sandbox.generate.finance_setup import tax_ref, terms_ref
from pipelines.sandbox.generate.projects import Phase, Project, Task
from pipelines.sandbox.generate.records import (
    Json,
    currency,
    custom_fields,
    info,
    ref,
    ticket_info,
)
from pipelines.sandbox.generate.sales_setup import PROJECT_STATUSES
from pipelines.sandbox.generate.scene import Scene
from pipelines.sandbox.generate.streams import guid
from pipelines.sandbox.generate.ticket_life import Life
from pipelines.sandbox.generate.words import PROJECT_KINDS

_NOTES = (
    "Kick-off held; scope and contacts confirmed.",
    "Steering meeting: schedule reviewed with the client.",
    "Risk: delivery of hardware may slip by a week.",
    "Client asks for an extra location; change request to follow.",
    "Milestone accepted.",
)


_PLAIN = {
    "allowAllClientsPortalView": False,
    "customerUpdatedFlag": False,
    "automaticEmailContactFlag": False,
    "automaticEmailResourceFlag": True,
    "automaticEmailCcFlag": False,
    "automaticEmailCc": "",
    "approved": True,
    "billTime": "NoDefault",
    "billExpenses": "NoDefault",
    "billProducts": "Billable",
    "lagDays": 0,
    "lagNonworkingDaysFlag": False,
}


def project_record(project: Project, *, scene: Scene) -> Json:
    """The record of ``/project/projects``."""
    company = project.company
    status = "closed" if project.closed_at else "open"
    rate = 150.0
    record: Json = {
        "id": project.id,
        "actualHours": project.actual,
        **_project_billing(project),
        "board": ref(firm.PROJECTS, "Projects"),
        "budgetAnalysis": "ActualHours",
        "budgetFlag": project.has_budget,
        "budgetHours": project.budget,
        "company": company.reference,
        "contact": company.contacts[-1].ref,
        "description": f"{PROJECT_KINDS[project.kind]} for {company.name}.",
        "estimatedEnd": stamp(project.end),
        "percentComplete": project.progress,
        "estimatedExpenseRevenue": 0.0,
        "estimatedHours": project.budget,
        "estimatedProductRevenue": 0.0,
        "estimatedStart": stamp(project.begin),
        "estimatedTimeRevenue": round(project.budget * rate, 2),
        "includeDependenciesFlag": False,
        "includeEstimatesFlag": False,
        "location": company.location.ref,
        "department": firm.DEPARTMENTS["Projects"],
        "manager": project.manager.ref,
        "name": project.name,
        "scheduledEnd": stamp(project.end),
        "scheduledHours": project.budget,
        "scheduledStart": stamp(project.begin),
        "site": company.site,
        "status": ref(*PROJECT_STATUSES[status][:2]),
        "closedFlag": project.closed_at is not None,
        "type": ref(project.kind + 1, PROJECT_KINDS[project.kind]),
        "doNotDisplayInPortalFlag": False,
        "estimatedTimeCost": round(project.budget * 46.0, 2),
        "estimatedExpenseCost": 0.0,
        "estimatedProductCost": 0.0,
        "companyLocation": company.location.ref,
        "overridePercentComplete": False,
        "showOverridePercentFlag": False,
        "customFields": custom_fields("project"),
        "_info": info(min(project.changed, scene.now), project.manager.identifier),
    }
    if project.first_work is not None:
        record["actualStart"] = stamp(utc_midnight(project.first_work))
    if project.closed_at is not None:
        record["actualEnd"] = stamp(utc_midnight(project.closed_at))
    sale = scene.sales_won.get(company.id)
    if sale is not None:
        record["opportunity"] = sale
    if company.agreements and project.id % 3 == 0:
        record["agreement"] = company.agreements[0].ref
    return record


def _project_billing(project: Project) -> Json:
    company = project.company
    return {
        "billExpenses": "NoDefault",
        "billingAmount": project.amount,
        "billingAttention": "",
        "billingMethod": "FixedFee" if project.is_fixed else "ActualRates",
        "billingRateType": "WorkRole",
        "billProducts": "Billable",
        "billProjectAfterClosedFlag": False,
        "billTime": "NoDefault",
        "billUnapprovedTimeAndExpense": False,
        "billToCompany": company.reference,
        "billToContact": company.contacts[0].ref,
        "billToSite": company.site,
        "shipToCompany": company.reference,
        "shipToContact": company.contacts[0].ref,
        "shipToSite": company.site,
        "billingTerms": terms_ref(1),
        "taxCode": tax_ref(is_taxable=company.is_taxable),
        "projectTemplateId": project.kind + 1,
        "timeApprover": project.manager.ref,
        "expenseApprover": project.manager.ref,
        "currency": currency(company.currency_code),
        "customerPO": "",
        "downpayment": round(project.amount * 0.3, 2),
        "poAmount": 0.0,
        "restrictDownPaymentFlag": False,
    }


def phase_record(
    project: Project, phase: Phase, *, sale: Json | None, now: int
) -> Json:
    """The record of ``/project/projects/{parent_id}/phases``."""
    status = "open" if phase.open_tasks or not phase.budget else "closed"
    changed = max(project.begin, phase.last_work or project.begin)
    record: Json = {
        "id": phase.id,
        "projectId": project.id,
        "description": phase.name,
        "board": ref(firm.PROJECTS, "Projects"),
        "status": ref(*PROJECT_STATUSES[status][:2]),
        "department": ref(firm.DEPARTMENTS["Projects"]["id"], "Projects"),
        "wbsCode": phase.wbs,
        "billTime": "NoDefault",
        "billExpenses": "NoDefault",
        "billProducts": "Billable",
        "markAsMilestoneFlag": phase is project.phases[-1],
        "notes": "",
        "deadlineDate": stamp(phase.end),
        "billSeparatelyFlag": False,
        "billingMethod": "FixedFee" if project.is_fixed else "ActualRates",
        "scheduledHours": phase.budget,
        "scheduledStart": stamp(phase.begin),
        "scheduledEnd": stamp(phase.end),
        "actualHours": phase.actual,
        "budgetHours": phase.budget,
        "startDate": stamp(phase.begin),
        "endDate": stamp(phase.end),
        "locationId": project.company.location.id,
        "businessUnitId": firm.DEPARTMENTS["Projects"]["id"],
        "billPhaseClosedFlag": False,
        "billProjectClosedFlag": False,
        "downpayment": 0.0,
        "poNumber": "",
        "poAmount": 0.0,
        "currency": currency(project.company.currency_code),
        "customFields": custom_fields("phase"),
        "_info": info(min(changed + HOUR, now), project.manager.identifier),
    }
    if phase.first_work is not None and phase.last_work is not None:
        record["actualStart"] = stamp(phase.first_work)
        if status == "closed":
            record["actualEnd"] = stamp(phase.last_work)
    if sale is not None:
        record["opportunity"] = sale
    if phase.id % 3 == 0:
        _add_phase_billing(record, project, phase)
    return record


def _add_phase_billing(record: Json, project: Project, phase: Phase) -> None:
    """What only phases that are billed apart say."""
    company, contact = project.company, project.company.contacts[0]
    for kind in ("billTo", "shipTo"):
        record[f"{kind}Company"] = company.reference
        record[f"{kind}Contact"] = contact.ref
        record[f"{kind}Site"] = company.site
    record["billingTerms"] = terms_ref(1)
    record["taxCode"] = tax_ref(is_taxable=company.is_taxable)
    record["billingStartDate"] = stamp(phase.begin)
    record["hourlyRate"] = 150.0
    for kind in ("Expense", "Product"):
        record[f"estimated{kind}Cost"] = record[f"estimated{kind}Revenue"] = 0.0
    record["estimatedTimeCost"] = round(phase.budget * 46.0, 2)
    record["estimatedTimeRevenue"] = round(phase.budget * 150.0, 2)
    if company.agreements:
        record["agreement"] = company.agreements[0].ref


def project_notes(project: Project, *, scene: Scene, rng: Random) -> list[Json]:
    """Records of ``/project/projects/{parent_id}/notes``."""
    end = min(scene.now, project.closed_at or project.last_work or scene.now)
    notes = []
    for text in rng.sample(_NOTES, rng.randrange(1, len(_NOTES))):
        at = project.begin + int(max(DAY, end - project.begin) * rng.random())
        at = min(at, scene.now - HOUR)
        project.changed = max(project.changed, at)
        notes.append(
            {
                "id": next(scene.note_ids),
                "projectId": project.id,
                "text": text,
                "type": ref(1, "Status"),
                "flagged": text.startswith("Risk"),
                "_info": info(at, project.manager.identifier),
            }
        )
    return notes


def project_ticket_record(
    number: int, task: Task, life: Life, *, updated: int, rng: Random
) -> Json:
    """The record of ``/project/tickets``."""
    project, company = task.project, task.project.company
    board = firm.boards_by_id()[firm.PROJECTS]
    status = board.statuses[life.moves[-1][1]]
    contact = company.contacts[-1]
    kind = board.types[0]
    record: Json = {
        "id": number,
        "summary": task.summary,
        "isIssueFlag": number % 23 == 0,
        "board": board.ref,
        "status": status.ref,
        "workRole": ref(*firm.WORK_ROLES["project"][:2]),
        "workType": firm.WORK_TYPES["project"].ref,
        "project": project.ref,
        "phase": task.phase.ref,
        "wbsCode": f"{task.phase.wbs}.{number % 40 + 1}",
        "company": company.reference,
        **company.address,
        **_asked_by(contact),
        "type": ref(kind.id, kind.name),
        "subType": kind.subtypes[number % 3],
        "priority": firm.PRIORITIES[2].ref,
        "serviceLocation": firm.SERVICE_LOCATIONS["house"],
        "source": firm.SOURCES["portal"],
        "requiredDate": stamp(task.phase.end),
        **_PLAIN,
        "closedFlag": status.is_closed,
        "actualHours": round(sum(s.hours for s in life.sessions), 2),
        "subBillingMethod": "FixedFee" if project.is_fixed else "ActualRates",
        "location": company.location.ref,
        "department": firm.DEPARTMENTS["Projects"],
        "duration": max(1, int(task.budget / 8)),
        "scheduleStartDate": stamp(task.phase.begin),
        "scheduleEndDate": stamp(task.phase.end),
        "mobileGuid": guid(rng),
        "currency": currency(company.currency_code),
        "tasks": [],
        "customFields": custom_fields("ticket"),
    }
    if project.has_budget:
        record["budgetHours"] = task.budget
    _add_people(record, life, updated=updated, task=task)
    return record


def _asked_by(contact: Contact) -> Json:
    return {
        "contact": contact.ref,
        "contactName": contact.ref["name"],
        "contactPhoneNumber": contact.phone,
        "contactEmailAddress": contact.email,
    }


def _add_people(record: Json, life: Life, *, updated: int, task: Task) -> None:
    at, _, mover = life.moves[-1]
    manager = task.project.manager.identifier
    if record["closedFlag"]:
        record["closedDate"] = stamp(at)
        record["closedBy"] = manager
    if life.owners:
        record["owner"] = life.owners[-1][1].ref
        names = dict.fromkeys(member.identifier for _, member in life.owners)
        record["resources"] = ", ".join(names)
    record["_info"] = ticket_info(
        entered=task.at,
        by=manager,
        updated=updated,
        updater=mover.identifier if mover else manager,
    )
