"""Enums that several records share, with the members known today.

An enum of one record only stands above its model. A member that is not listed here
still passes: the lists document, they do not refuse.
"""

from typing import Annotated

from pipelines.connectwise.models.scalars import KnownValues

AfterInvoicing = Annotated[
    str, KnownValues("RemainOnInvoicingScreen", "ShowRecentInvoices")
]
AgreementStatus = Annotated[
    str, KnownValues("Active", "Cancelled", "Expired", "Inactive")
]
ApplicationCycle = Annotated[
    str,
    KnownValues(
        "Contract2Weeks",
        "Contract4Weeks",
        "ContractYear",
        "CalendarMonth",
        "CalendarQuarter",
        "CalendarWeek",
        "ContractQuarter",
        "CalendarYear",
    ),
]
ApplicationUnits = Annotated[str, KnownValues("Amount", "Hours", "Incidents")]
ApprovalStatus = Annotated[
    str,
    KnownValues(
        "Open",
        "Rejected",
        "PendingApproval",
        "ErrorsCorrected",
        "PendingProjectApproval",
        "ApprovedByTierOne",
        "RejectBySecondTier",
        "ApprovedByTierTwo",
        "ReadyToBill",
        "Billed",
        "WrittenOff",
        "BilledAgreement",
    ),
]
BillDecision = Annotated[str, KnownValues("Billable", "DoNotBill", "NoCharge")]
BillOption = Annotated[
    str, KnownValues("Billable", "DoNotBill", "NoCharge", "NoDefault")
]
BillingMethod = Annotated[
    str, KnownValues("ActualRates", "FixedFee", "NotToExceed", "OverrideRate")
]
ContactPlace = Annotated[str, KnownValues("Office", "Mobile", "Home")]
ChildScheduleAction = Annotated[str, KnownValues("Transfer", "Delete", "Done")]
EmployeeCompNotExceed = Annotated[str, KnownValues("Billing", "Amount", "Percent")]
EmployeeCompRate = Annotated[str, KnownValues("Actual", "Hourly")]
KnowledgeBaseLinkType = Annotated[
    str,
    KnownValues(
        "Activity",
        "ProjectIssue",
        "KnowledgeBaseArticle",
        "ProjectTicket",
        "ServiceTicket",
        "Time",
    ),
]
Level = Annotated[str, KnownValues("Low", "Medium", "High")]
PredecessorType = Annotated[str, KnownValues("Ticket", "Phase")]
ProductClass = Annotated[
    str, KnownValues("Agreement", "Bundle", "Inventory", "NonInventory", "Service")
]
RateType = Annotated[str, KnownValues("AdjAmount", "Custom", "Multiplier")]
SortDirection = Annotated[str, KnownValues("Ascending", "Descending")]
TabFormat = Annotated[str, KnownValues("SummaryList", "DetailList")]
YearCycle = Annotated[str, KnownValues("ContractYear", "CalendarYear")]
