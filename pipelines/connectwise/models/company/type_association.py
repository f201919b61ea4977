"""The types of one company, as records of their own.

The list ``types`` of a company says the same; these rows have ids and dates.
"""

from pipelines.connectwise.models.base import Record
from pipelines.connectwise.models.references import CompanyReference, NamedReference


class CompanyTypeAssociation(Record):
    """One type that one company carries."""

    company: CompanyReference | None = None
    type: NamedReference | None = None
