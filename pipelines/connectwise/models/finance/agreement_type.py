"""Types of agreements: the terms that a new agreement starts with."""

from typing import Annotated

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.choices import (
    ApplicationCycle,
    ApplicationUnits,
    BillOption,
    EmployeeCompNotExceed,
    EmployeeCompRate,
    YearCycle,
)
from pipelines.connectwise.models.references import (
    IdentifiedReference,
    NamedReference,
    WorkTypeReference,
)
from pipelines.connectwise.models.scalars import (
    Amount,
    Boolean,
    Double,
    Integer,
    KnownValues,
)

PrefixSuffix = Annotated[str, KnownValues("Prefix", "Suffix")]


class AgreementType(Record):
    """One agreement type."""

    name: str | None = None
    prefix_suffix_option: PrefixSuffix | None = None
    default_flag: Boolean | None = None
    inactive_flag: Boolean | None = about("True once it may no longer be chosen.")
    pre_payment_flag: Boolean | None = about(
        "True when customers pay in advance and use it up."
    )
    invoice_pre_suffix: str | None = None
    location: NamedReference | None = about("Location whose income this is.")
    department: IdentifiedReference | None = about("Department whose income this is.")
    restrict_location_flag: Boolean | None = None
    restrict_department_flag: Boolean | None = None
    sla: NamedReference | None = about("The service level that tickets get.")
    application_units: ApplicationUnits | None = about(
        "What the agreement covers: money, hours or incidents."
    )
    application_limit: Double | None = about(
        "How much is covered in a cycle, in application_units."
    )
    application_cycle: ApplicationCycle | None = about(
        "How often the limit starts anew."
    )
    application_unlimited_flag: Boolean | None = about("True when there is no limit.")
    one_time_flag: Boolean | None = about("True when the limit never starts anew.")
    cover_agreement_time_flag: Boolean | None = about("True when time is covered.")
    cover_agreement_product_flag: Boolean | None = about(
        "True when products are covered."
    )
    cover_agreement_expense_flag: Boolean | None = about(
        "True when expenses are covered."
    )
    cover_sales_tax_flag: Boolean | None = None
    carry_over_unused_flag: Boolean | None = about(
        "True when what is left goes into the next cycle."
    )
    allow_overruns_flag: Boolean | None = about(
        "True when more than the limit may be used."
    )
    expired_days: Integer | None = about(
        "Days after which what was carried over is lost."
    )
    limit: Integer | None = None
    expire_when_zero: Boolean | None = None
    charge_to_firm_flag: Boolean | None = None
    employee_comp_rate: EmployeeCompRate | None = None
    employee_comp_not_exceed: EmployeeCompNotExceed | None = None
    comp_hourly_rate: Amount | None = about(
        "Pay of one hour, where pay depends on the agreement."
    )
    comp_limit_amount: Amount | None = None
    billing_cycle: NamedReference | None = about(
        "How often such an agreement is billed."
    )
    bill_one_time_flag: Boolean | None = None
    billing_terms: NamedReference | None = None
    invoicing_cycle: YearCycle | None = None
    bill_amount: Amount | None = about("Amount billed in each billing cycle.")
    taxable_flag: Boolean | None = about("True when sales tax applies.")
    restrict_down_payment_flag: Boolean | None = None
    invoice_description: str | None = None
    top_comment_flag: Boolean | None = None
    bottom_comment_flag: Boolean | None = None
    work_role: NamedReference | None = None
    work_type: WorkTypeReference | None = None
    project_type: NamedReference | None = None
    invoice_template: NamedReference | None = None
    bill_time: BillOption | None = about(
        "How time is billed unless the entry says otherwise."
    )
    bill_expenses: BillOption | None = about("How expenses are billed by default.")
    bill_products: BillOption | None = about("How products are billed by default.")
    billable_time_invoice_flag: Boolean | None = None
    billable_expense_invoice_flag: Boolean | None = None
    billable_product_invoice_flag: Boolean | None = None
    copy_work_roles_flag: Boolean | None = None
    copy_work_types_flag: Boolean | None = None
    exclusion_work_role_ids: list[Integer] | None = about(
        "Ids of the work roles that are not covered."
    )
    add_all_work_role_exclusions: Boolean | None = None
    remove_all_work_role_exclusions: Boolean | None = None
    exclusion_work_type_ids: list[Integer] | None = about(
        "Ids of the work types that are not covered."
    )
    add_all_work_type_exclusions: Boolean | None = None
    remove_all_work_type_exclusions: Boolean | None = None
    integration_x_ref: str | None = None
    prorate_flag: Boolean | None = about(
        "True when a part of a cycle costs a part of the amount."
    )
    email_template: NamedReference | None = None
    auto_invoice_flag: Boolean | None = None
    bill_zero_amount_flag: Boolean | None = None
    invoice_prorated_additions_flag: Boolean | None = None
    connect_wise_id: str | None = about("The vendor's own identifier of the row.")
