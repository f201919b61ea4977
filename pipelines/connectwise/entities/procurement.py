"""Entities of the API's procurement section."""

from pipelines.connectwise.entities.registry import Entity, Tier
from pipelines.connectwise.models.procurement.catalog_item import CatalogItem
from pipelines.connectwise.models.procurement.product import Product
from pipelines.connectwise.models.procurement.purchase_order import PurchaseOrder
from pipelines.connectwise.models.procurement.purchase_order_line import (
    PurchaseOrderLine,
)

PROCUREMENT = (
    Entity(
        name="catalog_items",
        path="/procurement/catalog",
        model=CatalogItem,
        title="Product catalogue",
    ),
    Entity(
        name="products",
        path="/procurement/products",
        model=Product,
        title="Products",
    ),
    Entity(
        name="purchase_orders",
        path="/procurement/purchaseorders",
        model=PurchaseOrder,
        title="Purchase orders",
    ),
    Entity(
        name="purchase_order_lines",
        path="/procurement/purchaseorders/{parent_id}/lineitems",
        model=PurchaseOrderLine,
        title="Lines of purchase orders",
        parent="purchase_orders",
        tier=Tier.CHILDREN,
    ),
)
