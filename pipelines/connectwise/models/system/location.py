"""Locations of our own company."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import (
    IdentifiedReference,
    MemberReference,
    NamedReference,
)
from pipelines.connectwise.models.scalars import Boolean, Integer


class Location(Record):
    """One location."""

    owner_level_id: Integer | None = about(
        "Id that agreements and rates use for the location."
    )
    structure_level: NamedReference | None = about(
        "Its level in the company structure."
    )
    name: str | None = None
    manager: MemberReference | None = about("The member who leads it.")
    reports_to: NamedReference | None = about("The location above it.")
    sales_rep: str | None = None
    time_zone_setup: NamedReference | None = about(
        "The location's own zone, by the tenant's name of it."
    )
    calendar: NamedReference | None = about("Opening hours.")
    override_address_line1: str | None = None
    override_address_line2: str | None = None
    override_city: str | None = None
    override_state: str | None = None
    override_zip: str | None = None
    override_country: IdentifiedReference | None = None
    override_phone_number: str | None = None
    override_fax_number: str | None = None
    owa_url: str | None = None
    payroll_xref: str | None = None
    location_flag: Boolean | None = about("True for a level that is a location.")
    client_flag: Boolean | None = about("True for a level that stands for clients.")
    work_role_ids: list[Integer] | None = about("Ids of the work roles used here.")
    department_ids: list[Integer] | None = about("Ids of the departments found here.")
