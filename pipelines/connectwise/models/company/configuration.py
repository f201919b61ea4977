"""Configurations: devices, licences and services that are looked after."""

from typing import Any

from pipelines.connectwise.models.base import ApiObject, Record, about
from pipelines.connectwise.models.custom_fields import CustomField
from pipelines.connectwise.models.references import (
    CompanyReference,
    ContactReference,
    IdentifiedReference,
    MemberReference,
    NamedReference,
    SiteReference,
)
from pipelines.connectwise.models.scalars import Boolean, Double, Integer, Timestamp


class ConfigurationQuestion(ApiObject):
    """One question that a configuration's type asks, with the answer."""

    question_id: Integer | None = None
    sequence_number: Double | None = None
    question: str | None = about("The question as shown.")
    field_type: str | None = None
    required_flag: Boolean | None = None
    number_of_decimals: Integer | None = None
    answer_id: Integer | None = None
    answer: Any = about("Text, number, true, false or null, as the field type asks.")


class Configuration(Record):
    """One configuration."""

    name: str | None = None
    type: NamedReference | None = None
    status: NamedReference | None = None
    company: CompanyReference | None = None
    contact: ContactReference | None = None
    site: SiteReference | None = None
    location: NamedReference | None = None
    location_id: Integer | None = None
    department: IdentifiedReference | None = None
    business_unit_id: Integer | None = None
    company_location_id: Integer | None = None
    parent_configuration_id: Integer | None = about(
        "The configuration that this one is part of."
    )
    device_identifier: str | None = about("Key in the tool that watches the device.")
    serial_number: str | None = None
    model_number: str | None = None
    tag_number: str | None = about("Label on the device.")
    manufacturer: NamedReference | None = None
    manufacturer_part_number: str | None = None
    vendor: CompanyReference | None = about("The company it was bought from.")
    vendor_notes: str | None = None
    notes: str | None = None
    active_flag: Boolean | None = about("False once out of use.")
    bill_flag: Boolean | None = about("True when it may be billed.")
    needs_renewal_flag: Boolean | None = about("True when a contract on it runs out.")
    purchase_date: Timestamp | None = about("Day of purchase.")
    installation_date: Timestamp | None = about("Day it went into use.")
    installed_by: MemberReference | None = None
    warranty_expiration_date: Timestamp | None = about("Last day of the warranty.")
    sla: NamedReference | None = about("The service level that tickets on it get.")
    mac_address: str | None = None
    ip_address: str | None = None
    default_gateway: str | None = None
    os_type: str | None = None
    os_info: str | None = None
    cpu_speed: str | None = None
    ram: str | None = None
    local_hard_drives: str | None = None
    last_login_name: str | None = about("Who used the device last.")
    management_link: str | None = None
    remote_link: str | None = None
    mobile_guid: str | None = about("The vendor's own stable identifier.")
    display_vendor_flag: Boolean | None = about(
        "True when the vendor is shown to customers."
    )
    show_remote_flag: Boolean | None = None
    show_automate_flag: Boolean | None = None
    backup_server_name: str | None = None
    backup_protected_device_list: str | None = None
    backup_year: Integer | None = None
    backup_month: Integer | None = None
    backup_successes: Integer | None = None
    backup_incomplete: Integer | None = None
    backup_failed: Integer | None = None
    backup_restores: Integer | None = None
    backup_billable_space_gb: Double | None = about("Space that backups take, in GB.")
    last_backup_date: Timestamp | None = about("When it was last backed up, UTC.")
    questions: list[ConfigurationQuestion] | None = about(
        "What the type asks about the device, with the answers."
    )
    custom_fields: list[CustomField] | None = None
