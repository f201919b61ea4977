"""Set-up tables below ``/finance`` and ``/expense``: what money records refer to.

Terms, cycles, statuses, currencies, tax codes, agreement types and expense types. Only
facts that never change while the world runs; agreements are in ``agreements``,
invoices in ``invoices``, expenses in ``expenses``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.calendar import DAY, stamp, utc_midnight
from pipelines.sandbox.generate.records import (
    Json,
    connectwise_id,
    currency,
    info,
    ref,
)
from pipelines.sandbox.generate.writer import Writer

_ADMIN = "setup1"

# id → name, days until due
TERMS = {
    1: ("Net 30 days", 30),
    2: ("Net 15 days", 15),
    3: ("Due on receipt", 0),
    4: ("Net 45 days", 45),
}
# id → name, billing option
CYCLES = {
    1: ("Weekly", "Weekly"),
    2: ("Monthly", "Monthly"),
    3: ("Quarterly", "Quarterly"),
    4: ("Yearly", "Yearly"),
    5: ("One time", "NotRecurring"),
}
NEW, REVIEWED, SENT, PAID, DISPUTED, WRITTEN_OFF = range(1, 7)
# id → name, closed, sent
INVOICE_STATUSES = {
    NEW: ("New", False, False),
    REVIEWED: ("Reviewed", False, False),
    SENT: ("Sent", False, True),
    PAID: ("Paid", True, True),
    DISPUTED: ("Disputed", False, True),
    WRITTEN_OFF: ("Written off", True, True),
}
STATE_TAX, NO_TAX = 1, 2
TAX_RATE = 0.06
_TAX_LEVELS = ("One", "Two", "Three", "Four", "Five", "Six")
TAX_CODES = {STATE_TAX: "State", NO_TAX: "None"}


@dataclass(frozen=True, slots=True)
class AgreementKind:
    """An agreement type: how it is applied and billed."""

    id: int
    name: str
    units: str
    application: str
    cycle: int
    is_prepaid: bool = False


AGREEMENT_KINDS = {
    "managed": AgreementKind(1, "Managed Services", "Amount", "CalendarMonth", 2),
    "block": AgreementKind(
        2, "Block Hours", "Hours", "CalendarMonth", 2, is_prepaid=True
    ),
    "prepaid": AgreementKind(
        3, "Annual Prepaid", "Amount", "ContractYear", 4, is_prepaid=True
    ),
    "retainer": AgreementKind(4, "Retainer", "Amount", "CalendarQuarter", 3),
    "incidents": AgreementKind(
        5, "Incident Pack", "Incidents", "ContractYear", 5, is_prepaid=True
    ),
}


@dataclass(frozen=True, slots=True)
class ExpenseKind:
    """An expense type; ``rate`` reimburses a mile where it is not zero."""

    id: int
    name: str
    caption: str
    bill: str
    low: float
    high: float
    rate: float = 0.0
    markup: float = 0.0

    @property
    def ref(self) -> Json:
        """Reference to it."""
        return ref(self.id, self.name)


EXPENSE_KINDS = (
    ExpenseKind(1, "Mileage", "Miles", "Billable", 8, 120, rate=0.67),
    ExpenseKind(2, "Parking and tolls", "Amount", "Billable", 3, 38),
    ExpenseKind(3, "Meals", "Amount", "DoNotBill", 9, 64),
    ExpenseKind(4, "Hotel", "Amount", "Billable", 95, 260),
    ExpenseKind(5, "Small parts", "Amount", "Billable", 6, 140, markup=10.0),
    ExpenseKind(6, "Training fee", "Amount", "NoCharge", 120, 900),
)
CLASSIFICATIONS = (ref(1, "Reimbursable"), ref(2, "Company paid"))
PAYMENT_METHODS = (ref(1, "Personal card"), ref(2, "Company card"))


def terms_ref(number: int) -> Json:
    """Reference to billing terms."""
    return ref(number, TERMS[number][0])


def cycle_ref(number: int) -> Json:
    """Reference to a billing cycle."""
    return ref(number, CYCLES[number][0])


def status_ref(number: int) -> Json:
    """Reference to a billing status, as invoices carry it."""
    name, is_closed, _ = INVOICE_STATUSES[number]
    return {"id": number, "name": name, "isClosed": is_closed}


def tax_ref(*, is_taxable: bool) -> Json:
    """Reference to the tax code of a client."""
    number = STATE_TAX if is_taxable else NO_TAX
    return ref(number, TAX_CODES[number])


def write_finance_setup(writer: Writer, *, start: int) -> None:
    """Write every table of this module."""
    at = start - 200 * DAY
    tables = {
        "/finance/billingTerms": _terms(at),
        "/finance/billingCycles": _cycles(at),
        "/finance/billingStatuses": _statuses(at),
        "/finance/currencies": _currencies(at),
        "/finance/taxCodes": _tax_codes(at),
        "/finance/agreements/types": _agreement_types(at),
        "/expense/types": _expense_types(at),
    }
    for path, records in tables.items():
        writer.add_all(path, records)


def _terms(at: int) -> Iterator[Json]:
    for number, (name, days) in TERMS.items():
        yield {
            "id": number,
            "name": name,
            "dueDays": days,
            "defaultFlag": number == 1,
            "termsXref": f"NET{days}",
            "_info": info(at, _ADMIN),
        }


def _cycles(at: int) -> Iterator[Json]:
    for number, (name, option) in CYCLES.items():
        yield {
            "id": number,
            "identifier": name[:1] if option != "NotRecurring" else "O",
            "name": name,
            "billingOptions": option,
            "defaultFlag": number == 2,
            "_info": info(at, _ADMIN),
        }


def _statuses(at: int) -> Iterator[Json]:
    for number, (name, is_closed, is_sent) in INVOICE_STATUSES.items():
        yield {
            "id": number,
            "name": name,
            "sortOrder": number,
            "defaultFlag": number == NEW,
            "closedFlag": is_closed,
            "inactiveFlag": False,
            "sentFlag": is_sent,
            "connectWiseId": connectwise_id(21, number),
            "_info": info(at, _ADMIN),
        }


def _currencies(at: int) -> Iterator[Json]:
    for code in ("USD", "CAD"):
        record = currency(code)
        record["currencyCode"] = ref(record["id"], code)
        record["reportFormat"] = "#,##0.00"
        record["_info"] = info(at, _ADMIN)
        yield record


def _tax_codes(at: int) -> Iterator[Json]:
    for number, name in TAX_CODES.items():
        is_taxed = number == STATE_TAX
        record: Json = {
            "id": number,
            "identifier": name,
            "description": f"{name} sales tax" if is_taxed else "Not taxed",
            "invoiceCaption": "Sales tax",
            "country": {"id": 1, "identifier": "US", "name": "United States"},
            "effectiveDate": stamp(utc_midnight(at)),
            "defaultFlag": not is_taxed,
            "displayOnInvoiceFlag": is_taxed,
            "canadaCalculateGSTFlag": False,
            "expenseTypeIds": [each.id for each in EXPENSE_KINDS] if is_taxed else [],
            "productTypeIds": [1, 2, 3] if is_taxed else [],
            "workRoleIds": [spec[0] for spec in firm.WORK_ROLES.values()]
            if is_taxed
            else [],
            **_every_flag(is_taxed=is_taxed),
            **_tax_levels(TAX_RATE if is_taxed else 0.0),
            "_info": info(at, _ADMIN),
        }
        if not is_taxed:
            record["cancelDate"] = stamp(utc_midnight(at + 90 * DAY))
        yield record


def _every_flag(*, is_taxed: bool) -> dict[str, bool]:
    names = ("ExpenseTypes", "ProductTypes", "WorkRoles")
    added = {f"addAll{name}": is_taxed for name in names}
    return {**added, **{f"removeAll{name}": not is_taxed for name in names}}


def _tax_levels(rate: float) -> dict[str, Any]:
    """Six levels, of which the firm uses the first."""
    result: dict[str, Any] = {}
    for level in _TAX_LEVELS:
        is_used = level == "One" and rate > 0
        values = {
            "AgencyXref": "STATE" if is_used else "",
            "ApplySingleUnitFlag": False,
            "ApplySingleUnitMax": 0.0,
            "ApplySingleUnitMin": 0.0,
            "Caption": "State" if is_used else "",
            "ExpensesFlag": is_used,
            "ProductsFlag": is_used,
            "Rate": rate if is_used else 0.0,
            "RateType": "Percent",
            "ServicesFlag": is_used,
            "TaxCodeXref": "ST6" if is_used else "",
            "TaxableMax": 0.0,
        }
        result.update({f"level{level}{key}": each for key, each in values.items()})
    return result


def _agreement_types(at: int) -> Iterator[Json]:
    for key, kind in AGREEMENT_KINDS.items():
        record: Json = {
            "id": kind.id,
            "name": kind.name,
            "defaultFlag": key == "managed",
            "inactiveFlag": False,
            "prePaymentFlag": kind.is_prepaid,
            "prefixSuffixOption": "Prefix",
            "invoicePreSuffix": kind.name[:2].upper(),
            "location": firm.LOCATIONS[0].ref,
            "department": firm.DEPARTMENTS["Service"],
            "restrictLocationFlag": False,
            "restrictDepartmentFlag": False,
            "sla": firm.SLAS[firm.STANDARD].ref,
            **_type_application(kind, is_managed=key == "managed"),
            **_type_billing(kind),
            "exclusionWorkRoleIds": [firm.WORK_ROLES["api"][0]],
            "exclusionWorkTypeIds": [firm.WORK_TYPES["travel"].id],
            "connectWiseId": connectwise_id(22, kind.id),
            "_info": info(at + kind.id * 60, _ADMIN),
        }
        yield record


def _type_application(kind: AgreementKind, *, is_managed: bool) -> Json:
    is_block = kind.units == "Hours"
    return {
        "applicationUnits": kind.units,
        "applicationLimit": 0.0,
        "applicationCycle": kind.application,
        "applicationUnlimitedFlag": is_managed,
        "oneTimeFlag": kind.units == "Incidents",
        "coverAgreementTimeFlag": True,
        "coverAgreementProductFlag": False,
        "coverAgreementExpenseFlag": False,
        "coverSalesTaxFlag": False,
        "carryOverUnusedFlag": is_block,
        "allowOverrunsFlag": True,
        "expiredDays": 90 if is_block else 0,
        "limit": 0,
        "expireWhenZero": kind.units == "Incidents",
        "chargeToFirmFlag": False,
        "employeeCompRate": "Actual",
        "employeeCompNotExceed": "Billing",
        "compHourlyRate": 0.0,
        "compLimitAmount": 0.0,
        "workRole": ref(*firm.WORK_ROLES["tier1"][:2]),
        "workType": firm.WORK_TYPES["remote"].ref,
        "projectType": ref(1, "Cloud migration"),
        "copyWorkRolesFlag": True,
        "copyWorkTypesFlag": True,
        "addAllWorkRoleExclusions": False,
        "removeAllWorkRoleExclusions": False,
        "addAllWorkTypeExclusions": False,
        "removeAllWorkTypeExclusions": False,
    }


def _type_billing(kind: AgreementKind) -> Json:
    return {
        "billingCycle": cycle_ref(kind.cycle),
        "billOneTimeFlag": kind.cycle == 5,
        "billingTerms": terms_ref(1),
        "invoicingCycle": "CalendarYear",
        "billAmount": 0.0,
        "taxableFlag": True,
        "restrictDownPaymentFlag": False,
        "invoiceDescription": kind.name,
        "topCommentFlag": False,
        "bottomCommentFlag": False,
        "invoiceTemplate": ref(1, "Agreement invoice"),
        "emailTemplate": ref(1, "Invoice e-mail"),
        "integrationXRef": f"AGR{kind.id}",
        "prorateFlag": True,
        "autoInvoiceFlag": True,
        "billZeroAmountFlag": False,
        "invoiceProratedAdditionsFlag": True,
        "billTime": "Billable",
        "billExpenses": "Billable",
        "billProducts": "Billable",
        "billableTimeInvoiceFlag": True,
        "billableExpenseInvoiceFlag": False,
        "billableProductInvoiceFlag": False,
    }


def _expense_types(at: int) -> Iterator[Json]:
    for kind in EXPENSE_KINDS:
        yield {
            "id": kind.id,
            "name": kind.name,
            "amountCaption": kind.caption,
            "billExpenses": kind.bill,
            "defaultFlag": kind.id == 2,
            "inactiveFlag": False,
            "mileageFlag": kind.rate > 0,
            "quantityFlag": kind.rate > 0,
            "reimbursementRate": kind.rate,
            "invoiceMarkupAmount": kind.markup,
            "invoiceMarkupOption": "Percent",
            "maxAmount": kind.high * 2,
            "advancedAmountFlag": False,
            "integrationXRef": f"EXP{kind.id}",
            "_info": info(at, _ADMIN),
        }
