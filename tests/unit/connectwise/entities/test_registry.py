"""The registry is complete, consistent and cheap to import."""

import subprocess
import sys

import pytest

from pipelines.connectwise.entities import ENTITIES, Tier
from pipelines.connectwise.pagination import Paging

NAMES = {
    "system": """
        locations departments members user_defined_fields
    """,
    "company": """
        company_statuses company_types companies company_type_associations company_teams
        company_sites contacts configuration_types configuration_statuses configurations
    """,
    "service": """
        boards board_statuses board_types board_subtypes board_items
        board_type_associations board_teams service_teams service_locations
        service_codes sources priorities severities impacts slas sla_priorities
        service_tickets service_ticket_notes service_ticket_tasks
        service_ticket_changelogs surveys survey_questions survey_results
    """,
    "project": """
        project_statuses project_types phase_statuses projects project_phases
        project_notes project_team_members project_contacts project_tickets
        project_ticket_notes project_ticket_tasks
    """,
    "time": """
        work_types work_roles charge_codes time_sheets time_entries time_changelogs
    """,
    "finance": """
        currencies tax_codes billing_terms billing_cycles billing_statuses
        agreement_types agreements agreement_additions agreement_adjustments
        agreement_work_roles agreement_work_types invoices invoice_payments
    """,
    "schedule": """
        holiday_lists holidays calendars schedule_types schedule_statuses
        schedule_entries
    """,
    "sales": """
        opportunity_stages opportunity_statuses opportunity_types sales_probabilities
        opportunities opportunity_forecasts opportunity_notes activity_types
        activity_statuses activities sales_order_statuses sales_orders
    """,
    "expense": """
        expense_types expense_reports expense_entries
    """,
    "procurement": """
        catalog_items products purchase_orders purchase_order_lines
    """,
}


def test_all_entities_are_there_under_their_names() -> None:
    expected = {name for names in NAMES.values() for name in names.split()}
    assert set(ENTITIES) == expected
    assert all(name == entity.name for name, entity in ENTITIES.items())


def test_an_entity_stands_in_the_section_of_its_path() -> None:
    for section, names in NAMES.items():
        for name in names.split():
            assert ENTITIES[name].section == section
            assert ENTITIES[name].model.__module__.split(".")[3] == section


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
    assert full == {
        "priorities",
        "slas",
        "sla_priorities",
        "sources",
        "calendars",
        "holiday_lists",
        "holidays",
        "departments",
        "user_defined_fields",
        "board_type_associations",
        "opportunity_stages",
        "service_ticket_changelogs",
        "time_changelogs",
    }


def test_what_the_api_does_not_count_is_known() -> None:
    uncounted = {name for name, entity in ENTITIES.items() if not entity.has_count}
    assert uncounted == {
        "service_ticket_changelogs",
        "time_changelogs",
        "project_contacts",
        "invoice_payments",
    }


def test_tickets_time_and_schedule_are_hot() -> None:
    hot = {name for name, entity in ENTITIES.items() if entity.tier is Tier.HOT}
    assert hot == {
        "service_tickets",
        "project_tickets",
        "time_entries",
        "schedule_entries",
    }


def test_every_list_answers_to_forward_only_paging() -> None:
    special = {n: e.paging for n, e in ENTITIES.items() if e.paging != "forward-only"}
    assert special == {"opportunity_forecasts": Paging.LIST_OR_OBJECT}


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
