"""Forecasts of opportunities: what a sale may bring.

The contract says a list; tenants are known to answer one object instead.
"""

from typing import Annotated

from pydantic import Field

from pipelines.connectwise.models.base import ApiObject, Record, about
from pipelines.connectwise.models.references import (
    CatalogItemReference,
    CurrencyReference,
    NamedReference,
)
from pipelines.connectwise.models.scalars import (
    Amount,
    Boolean,
    Double,
    Integer,
    KnownValues,
    Timestamp,
    WholePercent,
)

ForecastType = Annotated[
    str, KnownValues("Other1", "Other2", "Agreement", "Product", "Service")
]


class Revenue(ApiObject):
    """What one part of a forecast brings."""

    id: Integer | None = None
    revenue: Amount | None = about("Price.")
    cost: Amount | None = about("Cost.")
    margin: Amount | None = about("Price less cost.")
    percentage: Double | None = about("Margin in percent of the price.")


class ForecastItem(ApiObject):
    """One line of a forecast."""

    id: Integer | None = None
    forecast_description: str | None = None
    opportunity: NamedReference | None = None
    quantity: Double | None = about("Units.")
    bill: str | None = None
    quantity_cancelled: Double | None = None
    te_status_id: Integer | None = Field(default=None, alias="teStatusID")
    billing_log_rec_id: Integer | None = Field(default=None, alias="billingLogRecID")
    converted_rec_id: Integer | None = about(
        "The record that the line became once won.", alias="convertedRecID"
    )
    converted_agr_detail_rec_id: Integer | None = Field(
        default=None, alias="convertedAGRDetailRecID"
    )
    status: NamedReference | None = about("Status of the line: open, won or lost.")
    catalog_item: CatalogItemReference | None = None
    product_description: str | None = None
    product_class: str | None = None
    revenue: Amount | None = about("Price of all units.")
    cost: Amount | None = about("Cost of all units.")
    margin: Amount | None = about("Price less cost.")
    percentage: WholePercent | None = about("Chance that the line is sold.")
    include_flag: Boolean | None = about(
        "True when the line counts towards the forecast."
    )
    quote_werks_doc_no: str | None = None
    quote_werks_doc_name: str | None = None
    quote_werks_quantity: Integer | None = None
    forecast_type: ForecastType | None = about("Kind of income.")
    link_flag: Boolean | None = None
    recurring_revenue: Amount | None = about("Price in each cycle.")
    recurring_cost: Amount | None = about("Cost in each cycle.")
    recurring_date_start: Timestamp | None = about("First day of the cycles.")
    recurring_date_end: Timestamp | None = about("Last day of the cycles.")
    bill_cycle: NamedReference | None = None
    cycle_basis: str | None = None
    cycles: Integer | None = about("Number of cycles.")
    recurring_flag: Boolean | None = about(
        "True when the line is billed again and again."
    )
    sequence_number: Double | None = None
    sub_number: Integer | None = None
    taxable_flag: Boolean | None = about("True when sales tax applies.")


class OpportunityForecast(Record):
    """The forecast of one opportunity."""

    forecast_items: list[ForecastItem] | None = about(
        "What is to be sold, line by line."
    )
    product_revenue: Revenue | None = about("Products.")
    service_revenue: Revenue | None = about("Services.")
    agreement_revenue: Revenue | None = about("Agreements.")
    time_revenue: Revenue | None = about("Time.")
    expense_revenue: Revenue | None = about("Expenses.")
    forecast_revenue_totals: Revenue | None = about("All lines.")
    inclusive_revenue_totals: Revenue | None = about(
        "Lines that count towards the forecast."
    )
    recurring_total: Amount | None = about("What comes in again and again.")
    won_revenue: Revenue | None = about("Lines that are won.")
    lost_revenue: Revenue | None = about("Lines that are lost.")
    open_revenue: Revenue | None = about("Lines that are open.")
    other_revenue1: Revenue | None = about("The tenant's own first kind.")
    other_revenue2: Revenue | None = about("The tenant's own second kind.")
    sales_tax_revenue: Amount | None = about("Sales tax on the forecast.")
    forecast_total_with_taxes: Amount | None = about("All lines including tax.")
    expected_probability: WholePercent | None = about("Chance that the sale is made.")
    tax_code: NamedReference | None = None
    billing_terms: NamedReference | None = None
    currency: CurrencyReference | None = about(
        "Currency of every amount on this record."
    )
