"""Entities of the API's sales section."""

from pipelines.connectwise.entities.registry import Entity, Tier
from pipelines.connectwise.models.sales.activity import Activity
from pipelines.connectwise.models.sales.activity_status import ActivityStatus
from pipelines.connectwise.models.sales.activity_type import ActivityType
from pipelines.connectwise.models.sales.opportunity import Opportunity
from pipelines.connectwise.models.sales.opportunity_forecast import OpportunityForecast
from pipelines.connectwise.models.sales.opportunity_note import OpportunityNote
from pipelines.connectwise.models.sales.opportunity_stage import OpportunityStage
from pipelines.connectwise.models.sales.opportunity_status import OpportunityStatus
from pipelines.connectwise.models.sales.opportunity_type import OpportunityType
from pipelines.connectwise.models.sales.order import SalesOrder
from pipelines.connectwise.models.sales.order_status import SalesOrderStatus
from pipelines.connectwise.models.sales.probability import SalesProbability
from pipelines.connectwise.pagination import Paging

SALES = (
    Entity(
        name="opportunity_stages",
        path="/sales/stages",
        model=OpportunityStage,
        title="Stages of opportunities",
        incremental=False,
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="opportunity_statuses",
        path="/sales/opportunities/statuses",
        model=OpportunityStatus,
        title="Statuses of opportunities",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="opportunity_types",
        path="/sales/opportunities/types",
        model=OpportunityType,
        title="Opportunity types",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="sales_probabilities",
        path="/sales/probabilities",
        model=SalesProbability,
        title="Chances of opportunities",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="opportunities",
        path="/sales/opportunities",
        model=Opportunity,
        title="Opportunities",
    ),
    Entity(
        name="opportunity_forecasts",
        path="/sales/opportunities/{parent_id}/forecast",
        model=OpportunityForecast,
        title="Forecasts of opportunities",
        paging=Paging.LIST_OR_OBJECT,
        parent="opportunities",
        tier=Tier.CHILDREN,
    ),
    Entity(
        name="opportunity_notes",
        path="/sales/opportunities/{parent_id}/notes",
        model=OpportunityNote,
        title="Notes of opportunities",
        parent="opportunities",
        tier=Tier.CHILDREN,
    ),
    Entity(
        name="activity_types",
        path="/sales/activities/types",
        model=ActivityType,
        title="Activity types",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="activity_statuses",
        path="/sales/activities/statuses",
        model=ActivityStatus,
        title="Statuses of activities",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="activities",
        path="/sales/activities",
        model=Activity,
        title="Activities",
    ),
    Entity(
        name="sales_order_statuses",
        path="/sales/orders/statuses",
        model=SalesOrderStatus,
        title="Statuses of sales orders",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="sales_orders",
        path="/sales/orders",
        model=SalesOrder,
        title="Sales orders",
    ),
)
