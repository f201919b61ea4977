"""The registry is complete, consistent and cheap to import."""

import subprocess
import sys

import pytest

from pipelines.connectwise.entities import ENTITIES, Tier
from pipelines.connectwise.pagination import Paging

NAMES = {
    "companies",
    "contacts",
    "members",
    "boards",
    "board_statuses",
    "service_tickets",
    "project_tickets",
    "service_ticket_notes",
    "project_ticket_notes",
    "time_entries",
    "projects",
    "project_phases",
    "project_notes",
    "agreements",
    "agreement_additions",
    "invoices",
    "work_types",
    "work_roles",
    "priorities",
    "slas",
    "calendars",
    "schedule_entries",
    "opportunities",
}


def test_all_entities_are_there_under_their_names() -> None:
    assert set(ENTITIES) == NAMES
    assert all(name == entity.name for name, entity in ENTITIES.items())


def test_no_table_nor_path_nor_model_serves_two_entities() -> None:
    for attribute in ("path", "model", "title"):
        values = [getattr(entity, attribute) for entity in ENTITIES.values()]
        assert len(set(values)) == len(values), attribute


def test_parents_come_before_their_children() -> None:
    seen: set[str] = set()
    for entity in ENTITIES.values():
        assert entity.parent is None or entity.parent in seen
        seen.add(entity.name)


@pytest.mark.parametrize("entity", ENTITIES.values(), ids=lambda entity: entity.name)
def test_a_path_has_a_gap_exactly_when_there_is_a_parent(entity) -> None:
    assert ("{parent_id}" in entity.path) == (entity.parent is not None)
    assert (entity.tier is Tier.CHILDREN) == (entity.parent is not None)


def test_children_continue_the_path_of_their_parent() -> None:
    for entity in ENTITIES.values():
        if entity.parent:
            start = f"{ENTITIES[entity.parent].path}/{{parent_id}}/"
            assert entity.path.startswith(start)


def test_set_up_tables_without_last_updated_are_read_in_full() -> None:
    full = {name for name, entity in ENTITIES.items() if not entity.incremental}
    assert full == {"priorities", "slas", "calendars"}


def test_tickets_time_and_schedule_are_hot() -> None:
    hot = {name for name, entity in ENTITIES.items() if entity.tier is Tier.HOT}
    assert hot == {
        "service_tickets",
        "project_tickets",
        "time_entries",
        "schedule_entries",
    }


def test_every_list_answers_to_forward_only_paging() -> None:
    assert {entity.paging for entity in ENTITIES.values()} == {Paging.FORWARD_ONLY}


def test_the_registry_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        ENTITIES["companies"] = ENTITIES["contacts"]  # type: ignore[index]


def test_importing_the_registry_stays_light() -> None:
    code = (
        "import sys; from pipelines.connectwise.entities import ENTITIES;"
        "print(sorted({'dlt', 'duckdb', 'pandas', 'pyarrow', 'dagster'}"
        " & set(sys.modules)),"
        " any(entity.model.__pydantic_complete__ for entity in ENTITIES.values()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == ["[]", "False"]
