"""Contacts: the people at companies."""

from typing import Annotated

from pipelines.connectwise.models.base import ApiObject, Record, about
from pipelines.connectwise.models.custom_fields import CustomField
from pipelines.connectwise.models.references import (
    CommunicationTypeReference,
    CompanyReference,
    ContactReference,
    IdentifiedReference,
    NamedReference,
    SiteReference,
)
from pipelines.connectwise.models.scalars import Boolean, Integer, KnownValues

CommunicationType = Annotated[str, KnownValues("Email", "Fax", "Phone")]
Gender = Annotated[str, KnownValues("Female", "Male")]
Presence = Annotated[
    str, KnownValues("NoAgent", "Online", "DoNotDisturb", "Away", "Offline")
]


class CommunicationItem(ApiObject):
    """One phone, fax or e-mail of a contact."""

    id: Integer | None = None
    type: CommunicationTypeReference | None = None
    value: str | None = None
    extension: str | None = None
    default_flag: Boolean | None = None
    domain: str | None = None
    communication_type: CommunicationType | None = None


class Contact(Record):
    """One contact."""

    first_name: str | None = None
    last_name: str | None = None
    company: CompanyReference | None = None
    site: SiteReference | None = None
    address_line1: str | None = None
    address_line2: str | None = None
    city: str | None = None
    state: str | None = None
    zip: str | None = None
    country: IdentifiedReference | None = None
    relationship: NamedReference | None = None
    relationship_override: str | None = None
    department: NamedReference | None = about("Department whose income this is.")
    inactive_flag: Boolean | None = about("True once it may no longer be chosen.")
    default_merge_contact_id: Integer | None = about(
        "The contact this one was merged into."
    )
    security_identifier: str | None = None
    manager_contact: ContactReference | None = None
    assistant_contact: ContactReference | None = None
    title: str | None = None
    school: str | None = None
    nick_name: str | None = None
    married_flag: Boolean | None = None
    children_flag: Boolean | None = None
    children: str | None = None
    significant_other: str | None = None
    portal_password: str | None = about("Accepted in writes; not expected back.")
    portal_security_level: Integer | None = None
    disable_portal_login_flag: Boolean | None = None
    unsubscribe_flag: Boolean | None = None
    gender: Gender | None = None
    birth_day: str | None = about("As the API writes it.")
    anniversary: str | None = about("As the API writes it.")
    presence: Presence | None = None
    mobile_guid: str | None = about("The vendor's own stable identifier.")
    facebook_url: str | None = None
    twitter_url: str | None = None
    linked_in_url: str | None = None
    default_phone_type: str | None = None
    default_phone_nbr: str | None = None
    default_phone_extension: str | None = None
    default_billing_flag: Boolean | None = None
    default_flag: Boolean | None = about("True for the company's default contact.")
    user_defined_field1: str | None = None
    user_defined_field2: str | None = None
    user_defined_field3: str | None = None
    user_defined_field4: str | None = None
    user_defined_field5: str | None = None
    user_defined_field6: str | None = None
    user_defined_field7: str | None = None
    user_defined_field8: str | None = None
    user_defined_field9: str | None = None
    user_defined_field10: str | None = None
    company_location: NamedReference | None = None
    communication_items: list[CommunicationItem] | None = about(
        "Every phone, fax and e-mail of the contact."
    )
    types: list[NamedReference] | None = None
    integrator_tags: list[str] | None = None
    custom_fields: list[CustomField] | None = None
    photo: NamedReference | None = None
    ignore_duplicates: Boolean | None = None
    type_ids: list[Integer] | None = about(
        "Ids of the contact's types; accepted in writes."
    )
