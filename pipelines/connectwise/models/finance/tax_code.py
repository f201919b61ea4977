"""Tax codes: up to six levels of sales tax.

A level is one tax, such as state or county; what is taxed, at which rate and between
which amounts is said for each.
"""

from typing import Annotated

from pydantic import Field

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import IdentifiedReference
from pipelines.connectwise.models.scalars import (
    Amount,
    Boolean,
    Double,
    Integer,
    KnownValues,
    Timestamp,
)

TaxRateType = Annotated[str, KnownValues("Amount", "Percent")]


class TaxCode(Record):
    """One tax code."""

    identifier: str | None = None
    description: str | None = None
    invoice_caption: str | None = None
    country: IdentifiedReference | None = None
    default_flag: Boolean | None = None
    display_on_invoice_flag: Boolean | None = None
    canada_calculate_gst_flag: Boolean | None = Field(
        default=None, alias="canadaCalculateGSTFlag"
    )
    effective_date: Timestamp | None = about("First day the code holds.")
    cancel_date: Timestamp | None = about("Last day; absent while it holds.")
    level_one_caption: str | None = None
    level_one_rate_type: TaxRateType | None = None
    level_one_rate: Double | None = about(
        "Percentage or amount, as the rate type says; so on every level."
    )
    level_one_taxable_max: Amount | None = None
    level_one_services_flag: Boolean | None = None
    level_one_expenses_flag: Boolean | None = None
    level_one_products_flag: Boolean | None = None
    level_one_apply_single_unit_flag: Boolean | None = None
    level_one_apply_single_unit_min: Amount | None = None
    level_one_apply_single_unit_max: Amount | None = None
    level_one_agency_xref: str | None = None
    level_one_tax_code_xref: str | None = None
    level_two_caption: str | None = None
    level_two_rate_type: TaxRateType | None = None
    level_two_rate: Double | None = None
    level_two_taxable_max: Amount | None = None
    level_two_services_flag: Boolean | None = None
    level_two_expenses_flag: Boolean | None = None
    level_two_products_flag: Boolean | None = None
    level_two_apply_single_unit_flag: Boolean | None = None
    level_two_apply_single_unit_min: Amount | None = None
    level_two_apply_single_unit_max: Amount | None = None
    level_two_agency_xref: str | None = None
    level_two_tax_code_xref: str | None = None
    level_three_caption: str | None = None
    level_three_rate_type: TaxRateType | None = None
    level_three_rate: Double | None = None
    level_three_taxable_max: Amount | None = None
    level_three_services_flag: Boolean | None = None
    level_three_expenses_flag: Boolean | None = None
    level_three_products_flag: Boolean | None = None
    level_three_apply_single_unit_flag: Boolean | None = None
    level_three_apply_single_unit_min: Amount | None = None
    level_three_apply_single_unit_max: Amount | None = None
    level_three_agency_xref: str | None = None
    level_three_tax_code_xref: str | None = None
    level_four_caption: str | None = None
    level_four_rate_type: TaxRateType | None = None
    level_four_rate: Double | None = None
    level_four_taxable_max: Amount | None = None
    level_four_services_flag: Boolean | None = None
    level_four_expenses_flag: Boolean | None = None
    level_four_products_flag: Boolean | None = None
    level_four_apply_single_unit_flag: Boolean | None = None
    level_four_apply_single_unit_min: Amount | None = None
    level_four_apply_single_unit_max: Amount | None = None
    level_four_agency_xref: str | None = None
    level_four_tax_code_xref: str | None = None
    level_five_caption: str | None = None
    level_five_rate_type: TaxRateType | None = None
    level_five_rate: Double | None = None
    level_five_taxable_max: Amount | None = None
    level_five_services_flag: Boolean | None = None
    level_five_expenses_flag: Boolean | None = None
    level_five_products_flag: Boolean | None = None
    level_five_apply_single_unit_flag: Boolean | None = None
    level_five_apply_single_unit_min: Amount | None = None
    level_five_apply_single_unit_max: Amount | None = None
    level_five_agency_xref: str | None = None
    level_five_tax_code_xref: str | None = None
    level_six_caption: str | None = None
    level_six_rate_type: TaxRateType | None = None
    level_six_rate: Double | None = None
    level_six_taxable_max: Amount | None = None
    level_six_services_flag: Boolean | None = None
    level_six_expenses_flag: Boolean | None = None
    level_six_products_flag: Boolean | None = None
    level_six_apply_single_unit_flag: Boolean | None = None
    level_six_apply_single_unit_min: Amount | None = None
    level_six_apply_single_unit_max: Amount | None = None
    level_six_agency_xref: str | None = None
    level_six_tax_code_xref: str | None = None
    work_role_ids: list[Integer] | None = about("Ids of the work roles that are taxed.")
    add_all_work_roles: Boolean | None = None
    remove_all_work_roles: Boolean | None = None
    expense_type_ids: list[Integer] | None = about(
        "Ids of the expense types that are taxed."
    )
    add_all_expense_types: Boolean | None = None
    remove_all_expense_types: Boolean | None = None
    product_type_ids: list[Integer] | None = about(
        "Ids of the product types that are taxed."
    )
    add_all_product_types: Boolean | None = None
    remove_all_product_types: Boolean | None = None
