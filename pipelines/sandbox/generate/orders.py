"""Sales orders of won opportunities, from order to delivery to invoice.

Lines become products; what has to be bought is put on a purchase order. An order that
was cancelled is never billed. Invoices of orders have numbers of their own, so that
they do not move those of the monthly runs.
"""

from itertools import count

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.calendar import DAY, HOUR, stamp, utc_midnight
from pipelines.sandbox.generate.catalog import Item
from pipelines.sandbox.generate.finance_setup import TAX_RATE, tax_ref, terms_ref
from pipelines.sandbox.generate.invoices import Invoice
from pipelines.sandbox.generate.money import InvoiceBook
from pipelines.sandbox.generate.products import Product, Shelf, product_record
from pipelines.sandbox.generate.purchasing import Buyer
from pipelines.sandbox.generate.records import (
    Json,
    currency,
    custom_fields,
    info,
    money,
    ref,
)
from pipelines.sandbox.generate.sales import Opportunity
from pipelines.sandbox.generate.sales_setup import ORDER_STATUSES
from pipelines.sandbox.generate.scene import Scene

_FIRST_INVOICE = 500_001
_ORDERED, _DELIVERED, _BILLED = DAY, 10 * DAY, 13 * DAY
_CANCELLED_EVERY = 23


class OrderDesk:
    """Fulfils orders and writes all that comes of them."""

    def __init__(self, scene: Scene, *, shelf: Shelf, book: InvoiceBook) -> None:
        self._scene = scene
        self._shelf = shelf
        self._book = book
        self._buyer = Buyer(scene)
        self._numbers, self._invoices = count(3_001), count(_FIRST_INVOICE)

    def fulfil(
        self, sale: Opportunity, lines: list[tuple[Item, int]], forecast: list[int]
    ) -> float:
        """Write the order of a won opportunity; returns its subtotal."""
        scene, number = self._scene, next(self._numbers)
        at = min(sale.changed + HOUR, scene.now)
        reference = {"id": number, "identifier": str(number)}
        products = [
            Product(
                next(self._shelf.numbers),
                item,
                float(quantity),
                at,
                sale.company,
                self._shelf.vendor_of(item),
                order=reference,
                opportunity=sale.ref,
                opportunity_status=sale.status,
                forecast_id=forecast[k],
                sequence=k + 1,
            )
            for k, (item, quantity) in enumerate(lines)
        ]
        subtotal = money(sum(product.amount for product in products))
        invoice = None
        if number % _CANCELLED_EVERY == 0:
            self._cancel(products, min(at + 2 * DAY, scene.now), sale)
        else:
            self._buyer.buy(products, sale, at=at + _ORDERED, delivery=at + _DELIVERED)
            invoice = self._bill(products, sale, reference, at + _BILLED)
        for product in products:
            record = product_record(product, now=scene.now)
            scene.writer.add("/procurement/products", record)
        record = self._record(sale, reference, products, subtotal, at, invoice)
        scene.writer.add("/sales/orders", record)
        return subtotal

    @staticmethod
    def _cancel(products: list[Product], at: int, sale: Opportunity) -> None:
        for product in products:
            product.cancelled_at, product.cancelled_by = at, sale.rep.id

    def _bill(
        self, products: list[Product], sale: Opportunity, reference: Json, at: int
    ) -> Invoice | None:
        if at > self._scene.now:
            return None
        invoice = Invoice(next(self._invoices), "Standard", sale.company, at)
        invoice.order = reference
        for product in products:
            product.invoice = invoice
            invoice.products = money(invoice.products + product.amount)
        self._book.write(invoice)
        return invoice

    def _record(
        self,
        sale: Opportunity,
        reference: Json,
        products: list[Product],
        subtotal: float,
        at: int,
        invoice: Invoice | None,
    ) -> Json:
        company, contact = sale.company, sale.company.contacts[0]
        tax = money(subtotal * TAX_RATE) if company.is_taxable else 0.0
        key, changed = self._state(products, at, invoice)
        return {
            "id": reference["id"],
            "company": company.reference,
            "contact": contact.ref,
            "phone": contact.phone,
            "phoneExt": "",
            "email": contact.email,
            "site": company.site,
            "status": ref(*ORDER_STATUSES[key]),
            "opportunity": sale.ref,
            "orderDate": stamp(utc_midnight(at)),
            "dueDate": stamp(utc_midnight(at + _BILLED)),
            "billingTerms": terms_ref(1),
            "taxCode": tax_ref(is_taxable=company.is_taxable),
            "poNumber": f"C{reference['id']}",
            "location": company.location.ref,
            "department": firm.DEPARTMENTS["Sales"],
            "salesRep": sale.rep.ref,
            "notes": "",
            "billClosedFlag": invoice is not None,
            "billShippedFlag": False,
            "restrictDownpaymentFlag": False,
            "description": sale.name,
            "topCommentFlag": False,
            "bottomCommentFlag": False,
            **_parties(sale),
            "productIds": [product.id for product in products],
            "documentIds": [],
            "invoiceIds": [invoice.id] if invoice else [],
            "configIds": [],
            "subTotal": subtotal,
            "taxTotal": tax,
            "total": money(subtotal + tax),
            "currency": currency(company.currency_code),
            "companyLocation": company.location.ref,
            "customFields": custom_fields("order"),
            "_info": info(min(changed, self._scene.now), sale.rep.identifier),
        }

    def _state(
        self, products: list[Product], at: int, invoice: Invoice | None
    ) -> tuple[str, int]:
        now = self._scene.now
        if products[0].cancelled_at is not None:
            return "cancelled", products[0].cancelled_at
        if invoice is not None:
            return "closed", invoice.at
        if now >= at + _DELIVERED:
            return "shipped", at + _DELIVERED
        return ("ordered", at + _ORDERED) if now >= at + _ORDERED else ("open", at)


def _parties(sale: Opportunity) -> Json:
    company, contact = sale.company, sale.company.contacts[0]
    result: Json = {}
    for kind in ("shipTo", "billTo"):
        result[f"{kind}Company"] = company.reference
        result[f"{kind}Contact"] = contact.ref
        result[f"{kind}Site"] = company.site
    return result
