"""Records as real servers sent them pass through the models unharmed."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from pipelines.connectwise.entities import ENTITIES
from tests.support import vendor_contract as contract

pytestmark = contract.needs_contract

STAGING = {
    "service_tickets": "pipedream_staging/service_ticket.json",
    "projects": "pipedream_staging/project.json",
}


def recorded(name: str) -> Any:
    path = contract.FOLDER / "payloads" / name
    return json.loads(path.read_text(encoding="utf-8"))


def contacts_in(value: Any) -> Iterator[dict[str, Any]]:
    """Whole contacts, wherever they lie in a recording."""
    if isinstance(value, list):
        for each in value:
            yield from contacts_in(each)
    elif isinstance(value, dict) and "firstName" in value and "id" in value:
        yield value
    elif isinstance(value, dict) and value.get("Entity"):
        yield from contacts_in(json.loads(value["Entity"]))


def all_contacts() -> list[dict[str, Any]]:
    folder = contract.FOLDER / "payloads" / "amp_labs"
    return [
        contact
        for path in sorted(folder.glob("*.json"))
        for contact in contacts_in(json.loads(path.read_text(encoding="utf-8")))
    ]


def there_and_back(entity: str, record: dict[str, Any]) -> Any:
    model = ENTITIES[entity].model.model_validate_json(json.dumps(record))
    return json.loads(model.model_dump_json(by_alias=True, exclude_unset=True))


@pytest.mark.parametrize(("entity", "file"), STAGING.items())
def test_staging_records_come_back_as_they_were(entity: str, file: str) -> None:
    record = recorded(file)
    assert there_and_back(entity, record) == record


def test_contacts_come_back_as_they_were() -> None:
    contacts = all_contacts()
    assert len(contacts) > 10
    for contact in contacts:
        assert there_and_back("contacts", contact) == contact


@pytest.mark.parametrize(("entity", "file"), STAGING.items())
def test_staging_records_hold_nothing_unknown_but_links(entity: str, file: str) -> None:
    record = ENTITIES[entity].model.model_validate(recorded(file))
    assert record.model_extra == {}
    assert record.info is not None
    assert all(key.endswith("_href") for key in record.info.model_extra or {})
