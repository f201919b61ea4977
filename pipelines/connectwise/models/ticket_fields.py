"""What service tickets and project tickets have in common.

Both kinds share one sequence of ids; the fields of one kind only are in
``service/ticket.py`` and ``project/ticket.py``.
"""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.choices import (
    BillingMethod,
    BillOption,
    KnowledgeBaseLinkType,
    PredecessorType,
)
from pipelines.connectwise.models.custom_fields import CustomField
from pipelines.connectwise.models.references import (
    AgreementReference,
    CompanyReference,
    ContactReference,
    CurrencyReference,
    IdentifiedReference,
    MemberReference,
    NamedReference,
    PriorityReference,
    SiteReference,
    StatusReference,
    WorkTypeReference,
)
from pipelines.connectwise.models.scalars import (
    Amount,
    Boolean,
    Hours,
    Integer,
    Timestamp,
)


class TicketFields(Record):
    """The part of a ticket that does not depend on its kind."""

    summary: str | None = None
    board: NamedReference | None = None
    status: StatusReference | None = None
    work_role: NamedReference | None = None
    work_type: WorkTypeReference | None = None
    company: CompanyReference | None = None
    site: SiteReference | None = None
    site_name: str | None = None
    address_line1: str | None = None
    address_line2: str | None = None
    city: str | None = None
    state_identifier: str | None = None
    zip: str | None = None
    country: IdentifiedReference | None = None
    contact: ContactReference | None = None
    contact_name: str | None = None
    contact_phone_number: str | None = None
    contact_phone_extension: str | None = None
    contact_email_address: str | None = None
    type: NamedReference | None = None
    sub_type: NamedReference | None = None
    item: NamedReference | None = None
    owner: MemberReference | None = None
    priority: PriorityReference | None = None
    service_location: NamedReference | None = None
    source: NamedReference | None = None
    required_date: Timestamp | None = about("When the customer needs it, UTC.")
    budget_hours: Hours | None = about("Hours planned.")
    opportunity: NamedReference | None = None
    agreement: AgreementReference | None = None
    agreement_type: str | None = None
    knowledge_base_category_id: Integer | None = None
    knowledge_base_sub_category_id: Integer | None = None
    allow_all_clients_portal_view: Boolean | None = None
    customer_updated_flag: Boolean | None = about(
        "True while a reply of the customer waits to be read."
    )
    automatic_email_contact_flag: Boolean | None = None
    automatic_email_resource_flag: Boolean | None = None
    automatic_email_cc_flag: Boolean | None = None
    automatic_email_cc: str | None = None
    initial_description: str | None = about(
        "Accepted on creation; the API does not return it."
    )
    initial_internal_analysis: str | None = about(
        "Accepted on creation; the API does not return it."
    )
    initial_resolution: str | None = about(
        "Accepted on creation; the API does not return it."
    )
    contact_email_lookup: str | None = None
    process_notifications: Boolean | None = None
    skip_callback: Boolean | None = None
    closed_date: Timestamp | None = about("When it was closed, UTC; absent while open.")
    closed_by: str | None = None
    closed_flag: Boolean | None = about("True once the status counts as closed.")
    actual_hours: Hours | None = about("Hours booked, rounded as the work type asks.")
    approved: Boolean | None = about("False while the ticket waits for approval.")
    sub_billing_method: BillingMethod | None = about(
        "How work under this record is charged."
    )
    sub_billing_amount: Amount | None = about(
        "The agreed amount, where the method has one."
    )
    sub_date_accepted: str | None = about(
        "When the sub-contract was accepted, as the API writes it."
    )
    knowledge_base_link_id: Integer | None = None
    resources: str | None = about(
        "Assigned members as one text: identifiers, comma-separated."
    )
    knowledge_base_link_type: KnowledgeBaseLinkType | None = None
    bill_time: BillOption | None = about(
        "How time booked here is billed unless the entry says otherwise."
    )
    bill_expenses: BillOption | None = about(
        "How expenses booked here are billed by default."
    )
    bill_products: BillOption | None = about(
        "How products sold here are billed by default."
    )
    predecessor_type: PredecessorType | None = None
    predecessor_id: Integer | None = None
    predecessor_closed_flag: Boolean | None = None
    lag_days: Integer | None = None
    lag_nonworking_days_flag: Boolean | None = None
    estimated_start_date: Timestamp | None = about("Planned start, UTC.")
    duration: Integer | None = None
    location: NamedReference | None = about("Location whose income this is.")
    department: IdentifiedReference | None = about("Department whose income this is.")
    mobile_guid: str | None = about("The vendor's own stable identifier.")
    currency: CurrencyReference | None = about(
        "Currency of every amount on this record."
    )
    custom_fields: list[CustomField] | None = None
