"""Which kinds of records ConnectWise sends callbacks for, and where they are read.

The names are the vendor's. A ticket's callback stands for service and project tickets
alike. Sites hang on their company and cannot be read by id alone, so their callbacks
are not asked for.
"""

from collections.abc import Mapping
from types import MappingProxyType

LISTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "activity": ("/sales/activities",),
        "agreement": ("/finance/agreements",),
        "company": ("/company/companies",),
        "configuration": ("/company/configurations",),
        "contact": ("/company/contacts",),
        "expense": ("/expense/entries",),
        "invoice": ("/finance/invoices",),
        "member": ("/system/members",),
        "opportunity": ("/sales/opportunities",),
        "productcatalog": ("/procurement/catalog",),
        "project": ("/project/projects",),
        "purchaseorder": ("/procurement/purchaseorders",),
        "schedule": ("/schedule/entries",),
        "ticket": ("/service/tickets", "/project/tickets"),
        "time": ("/time/entries",),
    }
)
