"""What is asked of a list: conditions, order, fields, page size.

How the pages follow one another is not part of it (``pagination.py``).
"""

from dataclasses import dataclass, replace
from typing import TypeAlias

from pipelines.connectwise.conditions import Condition, written

MAX_PAGE_SIZE = 1000

Written: TypeAlias = str | Condition | None


@dataclass(frozen=True, slots=True)
class Query:
    """Filters and shape of one list.

    ``fields`` projects; the API silently drops a name it does not know, and rows lose
    ``_info`` unless it is listed. ``order_by`` has no place in forward-only or keyset
    paging, which always go by id. ``page_size`` overrides the client's own.
    """

    conditions: Written = None
    child_conditions: Written = None
    custom_field_conditions: Written = None
    order_by: str | None = None
    fields: tuple[str, ...] = ()
    page_size: int | None = None

    def __post_init__(self) -> None:
        check_page_size(self.page_size)

    def filters(self) -> dict[str, str]:
        """The filters under the API's parameter names, without the empty ones."""
        named = {
            "conditions": self.conditions,
            "childConditions": self.child_conditions,
            "customFieldConditions": self.custom_field_conditions,
        }
        return {name: str(text) for name, text in named.items() if _is_given(text)}

    def params(self) -> dict[str, str]:
        """Every parameter but those of paging."""
        params = self.filters()
        if self.order_by:
            params["orderBy"] = self.order_by
        if self.fields:
            params["fields"] = ",".join(self.fields)
        return params

    def narrowed(self, condition: Condition) -> "Query":
        """The same query with one more condition."""
        own = self.conditions
        if own is None or not _is_given(own):
            return replace(self, conditions=condition)
        return replace(self, conditions=written(own) & condition)


def _is_given(text: Written) -> bool:
    return text is not None and str(text).strip() != ""


def check_page_size(page_size: int | None) -> None:
    """Refuse what the API would refuse.

    Raises:
        ValueError: outside 1 to 1,000.
    """
    if page_size is not None and not 1 <= page_size <= MAX_PAGE_SIZE:
        raise ValueError(f"A page has 1 to {MAX_PAGE_SIZE} rows, not {page_size}.")
