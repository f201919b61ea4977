"""References: the few properties of a record that other records carry along.

Many kinds of reference have the same shape and share a class here. The ``_info`` of
a reference holds links, which are not modelled, and on some a ``mobileGuid``.
"""

from pydantic import Field

from pipelines.connectwise.models.base import ApiObject, about
from pipelines.connectwise.models.scalars import Boolean, Hours, Integer


class ReferenceInfo(ApiObject):
    """What a reference tells beside links."""

    mobile_guid: str | None = None


class NamedReference(ApiObject):
    """A record by id and name."""

    id: Integer | None = None
    name: str | None = None


class IdentifiedReference(ApiObject):
    """A record by id, short unique identifier and name."""

    id: Integer | None = None
    identifier: str | None = None
    name: str | None = None


class CodedReference(ApiObject):
    """A record by id and identifier, without a name."""

    id: Integer | None = None
    identifier: str | None = None


class CompanyReference(IdentifiedReference):
    """A company."""

    info: ReferenceInfo | None = Field(default=None, alias="_info")


class ContactReference(NamedReference):
    """A contact."""

    info: ReferenceInfo | None = Field(default=None, alias="_info")


class SiteReference(NamedReference):
    """A site of a company."""

    info: ReferenceInfo | None = Field(default=None, alias="_info")


class AgreementReference(NamedReference):
    """An agreement."""

    type: str | None = None
    charge_firm_flag: Boolean | None = None


class BillingStatusReference(NamedReference):
    """A billing status."""

    is_closed: Boolean | None = None


class CatalogItemReference(CodedReference):
    """An item of the product catalogue."""

    serialized_flag: Boolean | None = None


class CommunicationTypeReference(NamedReference):
    """A kind of phone, fax or e-mail."""

    core_entity_id: str | None = None


class CurrencyReference(NamedReference):
    """A currency and how its amounts are written."""

    symbol: str | None = None
    currency_code: str | None = None
    decimal_separator: str | None = None
    number_of_decimals: Integer | None = None
    thousands_separator: str | None = None
    negative_parentheses_flag: Boolean | None = None
    display_symbol_flag: Boolean | None = None
    currency_identifier: str | None = None
    display_id_flag: Boolean | None = None
    right_align: Boolean | None = None


class EmailTemplateReference(IdentifiedReference):
    """An e-mail template of the service module."""

    type: str | None = None


class InvoiceGroupingReference(NamedReference):
    """A group of lines on an invoice."""

    description: str | None = None
    show_price_flag: Boolean | None = None
    show_sub_items_flag: Boolean | None = None
    group_parent_child_additions_flag: Boolean | None = None


class InvoiceReference(CodedReference):
    """An invoice."""

    billing_type: str | None = None
    apply_to_type: str | None = None
    invoice_date: str | None = None
    charge_firm_flag: Boolean | None = None


class LdapReference(NamedReference):
    """A directory that members log in through."""

    server: str | None = None


class MemberReference(IdentifiedReference):
    """A member."""

    daily_capacity: Hours | None = None


class PriorityReference(NamedReference):
    """A priority."""

    sort: Integer | None = None
    level: str | None = None


class ScheduleEntryReference(ApiObject):
    """A schedule entry."""

    id: Integer | None = None
    description: str | None = None


class SsoReference(ApiObject):
    """The single sign-on identity of a member."""

    id: Integer | None = None
    sso_user_id: str | None = None
    user_name: str | None = None
    email: str | None = None


class StatusReference(NamedReference):
    """A status of a board; the API capitalises ``Sort``, the contract does not."""

    sort: Integer | None = about("Place on the board.", alias="Sort")


class TicketReference(ApiObject):
    """A ticket."""

    id: Integer | None = None
    summary: str | None = None


class WarehouseReference(NamedReference):
    """A warehouse."""

    locked_flag: Boolean | None = None


class WorkTypeReference(NamedReference):
    """A work type."""

    utilization_flag: Boolean | None = None


class Office365Account(ApiObject):
    """The Office 365 account of a member."""

    id: str | None = None
    name: str | None = None
