"""What the API member's role lets us read of each entity, by looking at a few rows.

A refused endpoint says so; a field that a role hides just never comes. Fields that
figures need and that stay empty in every sampled row are named, with the module of the
security role that decides. Whether rows are hidden only counts over time can tell.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipelines.connectwise import ConnectWiseClient, NotGrantedError
from pipelines.connectwise.entities import ENTITIES, Entity
from pipelines.connectwise.entities.columns import RawField, fields_of

SAMPLE_ROWS = 50
# In fewer rows a field may well be empty by chance.
_ENOUGH_ROWS = 10
_MONEY = "money"
_CHANGED = ("_info", "lastUpdated")

_MODULES: Mapping[str, str] = {
    "company": "Companies (Company Maintenance, Contacts, Configurations)",
    "expense": "Time & Expense (Expense Reports)",
    "finance": "Finance (Agreements, Invoicing, Accounting Interface)",
    "procurement": "Procurement (Product Catalog, Products, Purchase Orders)",
    "project": "Project (Project Headers, Project Tickets, Project Scheduling)",
    "sales": "Sales (Opportunities, Activities, Orders)",
    "schedule": "Service Desk (Resource Scheduling)",
    "service": "Service Desk (Service Tickets, Close Service Tickets)",
    "system": "System (Member Maintenance, Table Setup)",
    "time": "Time & Expense (Time Entry, Time Reporting)",
}


@dataclass(frozen=True, slots=True)
class Sight:
    """What a sample of an entity showed.

    Attributes:
        asked: a list could be asked; children need a parent.
        granted: the endpoint answered.
        rows: rows of the sample.
        empty_fields: money fields that no row had.
        has_clock: a row said when it was changed, or none needs to.
        custom_fields: captions of custom fields.
    """

    entity: Entity
    asked: bool = True
    granted: bool = True
    rows: int = 0
    empty_fields: tuple[str, ...] = ()
    has_clock: bool = True
    custom_fields: tuple[str, ...] = ()

    @property
    def hides_money(self) -> bool:
        """No row has any of its money fields; one alone may well be unused."""
        every = money_fields(self.entity)
        return len(every) > 1 and len(self.empty_fields) == len(every)

    @property
    def is_whole(self) -> bool:
        """Nothing that figures need is kept back."""
        return self.granted and self.has_clock and not self.hides_money

    @property
    def module(self) -> str:
        """Where the security role decides about it."""
        section = self.entity.path.split("/")[1]
        return _MODULES.get(section, section)


def look(entity: Entity, client: ConnectWiseClient) -> Sight:
    """Sample an entity; of a child the list of the first parent.

    Raises:
        ConnectWiseError: the endpoint failed in another way than by refusing.
    """
    try:
        path = _path(entity, client)
        if path is None:
            return Sight(entity, asked=False)
        rows = client.get(path, params={"pageSize": SAMPLE_ROWS})
    except NotGrantedError:
        return Sight(entity, granted=False)
    return _judged(entity, rows if isinstance(rows, list) else [rows])


def money_fields(entity: Entity) -> list[RawField]:
    """The fields of a record that hold money."""
    return [f for f in fields_of(entity.model) if f.unit.startswith(_MONEY)]


def lacks(sights: Iterable[Sight]) -> dict[str, list[str]]:
    """What the role keeps back, by module."""
    found: dict[str, list[str]] = {}
    for one in sights:
        if not one.is_whole:
            found.setdefault(one.module, []).append(one.entity.title.lower())
    return found


def _path(entity: Entity, client: ConnectWiseClient) -> str | None:
    if not entity.parent:
        return entity.path
    parents = client.get(ENTITIES[entity.parent].path, params={"pageSize": 1})
    return entity.path.format(parent_id=parents[0]["id"]) if parents else None


def _judged(entity: Entity, rows: Sequence[Any]) -> Sight:
    enough = len(rows) >= _ENOUGH_ROWS
    empty = [
        "/".join(each.path)
        for each in money_fields(entity)
        if enough and all(_at(row, each.path) is None for row in rows)
    ]
    changed = any(_at(row, _CHANGED) for row in rows)
    return Sight(
        entity,
        rows=len(rows),
        empty_fields=tuple(empty),
        has_clock=changed or not (entity.incremental and enough),
        custom_fields=tuple(dict.fromkeys(_captions(rows))),
    )


def _captions(rows: Iterable[Any]) -> Iterator[str]:
    for row in rows:
        for each in row.get("customFields") or ():
            yield str(each.get("caption", ""))


def _at(record: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        record = record.get(name) if isinstance(record, dict) else None
    return record
