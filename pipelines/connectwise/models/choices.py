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
BillDecision = Annotated[str, KnownValues("Billable", "DoNotBill", "NoCharge")]
BillOption = Annotated[
    str, KnownValues("Billable", "DoNotBill", "NoCharge", "NoDefault")
]
BillingMethod = Annotated[
    str, KnownValues("ActualRates", "FixedFee", "NotToExceed", "OverrideRate")
]
ContactPlace = Annotated[str, KnownValues("Office", "Mobile", "Home")]
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
SortDirection = Annotated[str, KnownValues("Ascending", "Descending")]
TabFormat = Annotated[str, KnownValues("SummaryList", "DetailList")]
