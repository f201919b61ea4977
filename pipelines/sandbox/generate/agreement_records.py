"""Records of agreements and their additions.

Nothing is decided here: what a client pays and what is covered is ``agreements``'.
"""

from datetime import date

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.agreements import (
    MONTHLY,
    ONCE,
    QUARTERLY,
    Addition,
    Agreement,
)
from pipelines.sandbox.generate.calendar import DAY, HOUR, stamp, utc_midnight
from pipelines.sandbox.generate.clients import Company
from pipelines.sandbox.generate.finance_setup import (
    AGREEMENT_KINDS,
    cycle_ref,
    tax_ref,
    terms_ref,
)
from pipelines.sandbox.generate.records import (
    Json,
    currency,
    custom_fields,
    info,
    money,
    ref,
)
from pipelines.sandbox.generate.words import PROJECT_KINDS

_GROUPING = {
    "id": 1,
    "name": "Licences",
    "description": "Licences per seat",
    "showPriceFlag": True,
    "showSubItemsFlag": False,
    "groupParentChildAdditionsFlag": False,
}


def agreement_record(agreement: Agreement, *, now: int) -> Json:
    """The record of ``/finance/agreements``."""
    company, kind = agreement.company, AGREEMENT_KINDS[agreement.kind]
    is_over = agreement.end is not None and agreement.end <= now
    record: Json = {
        "id": agreement.id,
        "name": agreement.name,
        "type": ref(kind.id, kind.name),
        "company": company.reference,
        "contact": company.contacts[0].ref,
        "site": company.site,
        "location": company.location.ref,
        "department": firm.DEPARTMENTS["Service"],
        "restrictLocationFlag": False,
        "restrictDepartmentFlag": False,
        "startDate": stamp(agreement.start),
        "noEndingDateFlag": agreement.end is None,
        "cancelledFlag": agreement.cancelled,
        "customerPO": f"PO-A{agreement.id}" if agreement.id % 7 == 0 else "",
        "workOrder": "",
        "internalNotes": "",
        **_coverage(agreement),
        **_billing(agreement),
        "agreementStatus": "Active",
        "customFields": custom_fields("agreement", {51: company.seats}),
        "_info": info(
            min(now, agreement.changed + 8 * HOUR), company.manager.identifier
        ),
    }
    if agreement.end is not None:
        record["endDate"] = stamp(agreement.end)
    if agreement.cancelled and agreement.end is not None:
        record["dateCancelled"] = stamp(agreement.end)
        record["reasonCancelled"] = "Client left"
    if is_over:
        record["agreementStatus"] = "Cancelled" if agreement.cancelled else "Expired"
    elif agreement.cycle in {MONTHLY, QUARTERLY}:
        record["nextInvoiceDate"] = stamp(utc_midnight(now) + DAY)
    if company.sla is not None:
        record["sla"] = firm.SLAS[company.sla].ref
    if agreement.parent:
        record["parentAgreement"] = agreement.parent.ref
    if agreement.opportunity:
        record["opportunity"] = agreement.opportunity
    if agreement.id % 4 == 2:
        _add_defaults(record, company)
    return record


def _add_defaults(record: Json, company: Company) -> None:
    """What only some agreements say: defaults for work, a subcontractor, shipping."""
    record["workRole"] = ref(*firm.WORK_ROLES["tier1"][:2])
    record["workType"] = firm.WORK_TYPES["remote"].ref
    record["projectType"] = ref(1, PROJECT_KINDS[0])
    record["subContractCompany"] = company.reference
    record["subContractContact"] = company.contacts[-1].ref
    record["shipToCompany"] = company.reference
    record["shipToContact"] = company.contacts[0].ref
    record["shipToSite"] = company.site


def _coverage(agreement: Agreement) -> Json:
    is_block = agreement.kind == "block"
    kind = AGREEMENT_KINDS[agreement.kind]
    return {
        "applicationUnits": kind.units,
        "applicationLimit": agreement.hours,
        "applicationCycle": kind.application,
        "applicationUnlimitedFlag": agreement.kind == "managed",
        "oneTimeFlag": agreement.cycle == ONCE,
        "coverAgreementTime": agreement.covers_time,
        "coverAgreementProduct": False,
        "coverAgreementExpense": False,
        "coverSalesTax": False,
        "carryOverUnused": is_block and agreement.cycle == MONTHLY,
        "allowOverruns": True,
        "expiredDays": 90 if is_block else 0,
        "limit": 0,
        "expireWhenZero": agreement.cycle == ONCE,
        "chargeToFirm": False,
        "employeeCompRate": "Actual",
        "employeeCompNotExceed": "Billing",
        "compHourlyRate": 0.0,
        "compLimitAmount": 0.0,
        "billTime": "Billable",
        "billExpenses": "Billable",
        "billProducts": "Billable",
        "billableTimeInvoice": True,
        "billableExpenseInvoice": False,
        "billableProductInvoice": False,
    }


def _billing(agreement: Agreement) -> Json:
    company = agreement.company
    return {
        "billingCycle": cycle_ref(agreement.cycle),
        "billOneTimeFlag": agreement.cycle == ONCE,
        "billingTerms": terms_ref(1),
        "invoicingCycle": "CalendarYear",
        "billToCompany": company.reference,
        "billToContact": company.contacts[0].ref,
        "billToSite": company.site,
        "billAmount": agreement.amount,
        "taxable": company.is_taxable,
        "taxCode": tax_ref(is_taxable=company.is_taxable),
        "invoiceTemplate": ref(1, "Agreement invoice"),
        "billZeroAmountFlag": False,
        "prorateFirstBill": 0.0,
        "billStartDate": stamp(agreement.start),
        "restrictDownPayment": False,
        "prorateFlag": True,
        "invoiceProratedAdditionsFlag": True,
        "invoiceDescription": agreement.name,
        "topComment": False,
        "bottomComment": False,
        "currency": currency(company.currency_code),
        "periodType": "Current",
        "autoInvoiceFlag": True,
        "companyLocation": company.location.ref,
    }


def addition_record(
    agreement: Agreement, line: Addition, *, month: date, now: int
) -> Json:
    """The record of ``/finance/agreements/{parent_id}/additions``.

    What is prorated is that of ``month``, the current one.
    """
    number, identifier, name, _, _ = line.product
    is_over = line.cancelled is not None and line.cancelled <= now
    changed = line.cancelled if line.cancelled and is_over else line.effective
    record: Json = {
        "id": line.id,
        "product": {"id": number, "identifier": identifier, "serializedFlag": False},
        "quantity": line.quantity,
        "lessIncluded": 0.0,
        "unitPrice": line.price,
        "unitCost": line.cost,
        "billCustomer": "Billable",
        "effectiveDate": stamp(line.effective),
        "taxableFlag": agreement.company.is_taxable,
        "serialNumber": "",
        "invoiceDescription": name,
        "purchaseItemFlag": False,
        "specialOrderFlag": False,
        "agreementId": agreement.id,
        "description": name,
        "billedQuantity": line.quantity,
        "uom": "Seat",
        "sequenceNumber": float(number - 500),
        **_addition_money(line, month),
        "agreementStatus": "Cancelled" if is_over else "Active",
        "invoiceGrouping": _GROUPING,
        "customFields": custom_fields("addition", {55: identifier}),
        "_info": info(min(now, max(changed, line.changed) + 7 * HOUR), "setup1"),
    }
    if line.cancelled is not None:
        record["cancelledDate"] = stamp(line.cancelled)
    if agreement.opportunity:
        record["opportunity"] = agreement.opportunity
    return record


def _addition_money(line: Addition, month: date) -> Json:
    active, days = line.days_in(month)
    part = active / days if active < days else 0.0
    price, cost = line.quantity * line.price, line.quantity * line.cost
    return {
        "extPrice": money(price),
        "extCost": money(cost),
        "margin": money(price - cost),
        "prorateCost": money(line.cost * part),
        "proratePrice": money(line.price * part),
        "extendedProrateCost": money(cost * part),
        "extendedProratePrice": money(price * part),
        "prorateCurrentPeriodFlag": 0 < active < days,
    }
