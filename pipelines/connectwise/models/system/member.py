"""Members: the people and integrations that may log in."""

from typing import Annotated

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.choices import AfterInvoicing, ContactPlace, TabFormat
from pipelines.connectwise.models.custom_fields import CustomField
from pipelines.connectwise.models.references import (
    IdentifiedReference,
    LdapReference,
    MemberReference,
    NamedReference,
    Office365Account,
    SsoReference,
    WarehouseReference,
    WorkTypeReference,
)
from pipelines.connectwise.models.scalars import (
    Amount,
    Boolean,
    Double,
    Hours,
    Integer,
    KnownValues,
    Timestamp,
)

LicenseClass = Annotated[str, KnownValues("A", "C", "F", "X")]
AuthenticationServiceType = Annotated[
    str, KnownValues("AuthAnvil", "GoogleAuthenticator", "Email")
]
PhoneIntegrationType = Annotated[
    str, KnownValues("TAPI", "SKYPE", "TEL", "CALLTO", "NONE")
]
InvoiceScreenDefaultTabFormat = Annotated[
    str, KnownValues("ShowInvoicingTab", "ShowAgreementInvoicingTab")
]
GlobalSearchDefaultTicketFilter = Annotated[
    str, KnownValues("OpenRecords", "ClosedRecords", "AllRecords")
]
GlobalSearchDefaultSort = Annotated[
    str,
    KnownValues(
        "None", "LastUpdatedDesc", "LastUpdatedAsc", "CreatedDesc", "CreatedAsc"
    ),
]


class Member(Record):
    """One member."""

    identifier: str | None = about("Login name, used in conditions and in text fields.")
    password: str | None = about("Accepted in writes; not expected back.")
    disable_online_flag: Boolean | None = None
    license_class: LicenseClass | None = about(
        "A marks API members, who are no people."
    )
    notes: str | None = None
    employee_identifer: str | None = None
    vendor_number: str | None = None
    enable_mobile_gps_flag: Boolean | None = None
    inactive_date: Timestamp | None = about("Since when the member is inactive.")
    inactive_flag: Boolean | None = about("True once it may no longer be chosen.")
    last_login: str | None = about("As the API writes it.")
    client_id: str | None = None
    token: str | None = about("Accepted in writes; not expected back.")
    first_name: str | None = None
    middle_initial: str | None = None
    last_name: str | None = None
    hire_date: Timestamp | None = about(
        "First working day; 1800-01-01 occurs for unknown."
    )
    country: IdentifiedReference | None = None
    photo: NamedReference | None = None
    office_email: str | None = None
    mobile_email: str | None = None
    home_email: str | None = None
    default_email: ContactPlace | None = None
    primary_email: str | None = None
    office_phone: str | None = None
    office_extension: str | None = None
    mobile_phone: str | None = None
    mobile_extension: str | None = None
    home_phone: str | None = None
    home_extension: str | None = None
    default_phone: ContactPlace | None = None
    security_role: NamedReference | None = None
    office365: Office365Account | None = None
    mapi_name: str | None = None
    calendar_sync_integration_flag: Boolean | None = None
    authentication_service_type: AuthenticationServiceType | None = None
    timebased_one_time_password_activated: Boolean | None = None
    enable_ldap_authentication_flag: Boolean | None = None
    ldap_configuration: LdapReference | None = None
    ldap_user_name: str | None = None
    directional_sync: NamedReference | None = None
    sso_settings: SsoReference | None = None
    signature: str | None = None
    phone_integration_type: PhoneIntegrationType | None = None
    use_browser_language_flag: Boolean | None = None
    title: str | None = None
    report_card: NamedReference | None = None
    enable_mobile_flag: Boolean | None = None
    type: NamedReference | None = None
    time_zone: NamedReference | None = about(
        "The member's zone, by the vendor's set-up name."
    )
    partner_portal_flag: Boolean | None = None
    sts_user_admin_url: str | None = None
    toast_notification_flag: Boolean | None = None
    member_personas: list[Integer] | None = None
    admin_flag: Boolean | None = None
    structure_level: NamedReference | None = None
    security_location: NamedReference | None = None
    default_location: NamedReference | None = None
    default_department: IdentifiedReference | None = None
    reports_to: MemberReference | None = None
    restrict_location_flag: Boolean | None = None
    restrict_department_flag: Boolean | None = None
    work_role: NamedReference | None = None
    work_type: WorkTypeReference | None = None
    time_approver: MemberReference | None = None
    expense_approver: MemberReference | None = None
    billable_forecast: Double | None = None
    daily_capacity: Hours | None = about("Hours the member works on a working day.")
    hourly_cost: Amount | None = about("What one hour of the member costs.")
    hourly_rate: Amount | None = about("Standard price of one hour of the member.")
    include_in_utilization_reporting_flag: Boolean | None = about(
        "False keeps the member out of utilization."
    )
    require_expense_entry_flag: Boolean | None = None
    require_time_sheet_entry_flag: Boolean | None = None
    require_start_and_end_time_on_time_entry_flag: Boolean | None = None
    allow_in_cell_entry_on_time_sheet: Boolean | None = None
    enter_time_against_company_flag: Boolean | None = None
    allow_expenses_entered_against_companies_flag: Boolean | None = None
    time_reminder_email_flag: Boolean | None = None
    days_tolerance: Integer | None = None
    minimum_hours: Hours | None = None
    time_sheet_start_date: str | None = about("As the API writes it.")
    service_default_location: NamedReference | None = None
    service_default_department: IdentifiedReference | None = None
    service_default_board: NamedReference | None = None
    restrict_service_default_location_flag: Boolean | None = None
    restrict_service_default_department_flag: Boolean | None = None
    excluded_service_board_ids: list[Integer] | None = None
    teams: list[Integer] | None = about("Ids of the teams the member is in.")
    service_board_team_ids: list[Integer] | None = about(
        "Ids of the service board teams the member is in."
    )
    project_default_location: NamedReference | None = None
    project_default_department: IdentifiedReference | None = None
    project_default_board: NamedReference | None = None
    restrict_project_default_location_flag: Boolean | None = None
    restrict_project_default_department_flag: Boolean | None = None
    excluded_project_board_ids: list[Integer] | None = None
    schedule_default_location: NamedReference | None = None
    schedule_default_department: IdentifiedReference | None = None
    schedule_capacity: Hours | None = about("Hours a day that may be scheduled.")
    service_location: NamedReference | None = None
    restrict_schedule_flag: Boolean | None = None
    hide_member_in_dispatch_portal_flag: Boolean | None = None
    calendar: NamedReference | None = about("Working hours of the member.")
    sales_default_location: NamedReference | None = None
    restrict_default_sales_territory_flag: Boolean | None = None
    warehouse: WarehouseReference | None = None
    warehouse_bin: NamedReference | None = None
    restrict_default_warehouse_flag: Boolean | None = None
    restrict_default_warehouse_bin_flag: Boolean | None = None
    company_activity_tab_format: TabFormat | None = None
    invoice_time_tab_format: TabFormat | None = None
    invoice_screen_default_tab_format: InvoiceScreenDefaultTabFormat | None = None
    invoicing_display_options: AfterInvoicing | None = None
    agreement_invoicing_display_options: AfterInvoicing | None = None
    auto_start_stopwatch: Boolean | None = None
    auto_popup_quick_notes_with_stopwatch: Boolean | None = None
    global_search_default_ticket_filter: GlobalSearchDefaultTicketFilter | None = None
    global_search_default_sort: GlobalSearchDefaultSort | None = None
    phone_source: str | None = None
    copy_pod_layouts: Boolean | None = None
    copy_shared_default_views: Boolean | None = None
    copy_column_layouts_and_filters: Boolean | None = None
    from_member_rec_id: Integer | None = None
    from_member_template_rec_id: Integer | None = None
    custom_fields: list[CustomField] | None = None
