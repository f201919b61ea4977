"""Generated records have the vendor's names and types, and load in a foreign client."""

import warnings
from datetime import datetime

import pytest

from tests.support.vendor_contract import (
    flat_fields,
    list_fields,
    needs_contract,
    schema_of_list,
)

CHECKS = {
    "integer": lambda value: type(value) is int,
    "double": lambda value: type(value) in {int, float},
    "boolean": lambda value: type(value) is bool,
    "text": lambda value: isinstance(value, str),
    "timestamp": lambda value: bool(datetime.fromisoformat(value)),
}
MODELS = {
    "/company/companies": "Company",
    "/company/contacts": "Contact",
    "/system/members": "Member",
    "/service/boards": "Board",
    "/service/boards/{parent_id}/statuses": "BoardStatus",
    "/service/tickets": "Ticket",
    "/project/tickets": "ProjectTicket",
    "/service/tickets/{parent_id}/notes": "ServiceNote",
    "/project/tickets/{parent_id}/notes": "TicketNote",
    "/time/entries": "TimeEntry",
    "/project/projects": "Project",
    "/project/projects/{parent_id}/phases": "ProjectPhase",
    "/project/projects/{parent_id}/notes": "ProjectNote",
    "/finance/agreements": "Agreement",
    "/finance/agreements/{parent_id}/additions": "Addition",
    "/finance/invoices": "Invoice",
    "/time/workTypes": "WorkType",
    "/time/workRoles": "WorkRole",
    "/service/priorities": "Priority",
    "/service/SLAs": "SLA",
    "/schedule/calendars": "Calendar",
    "/schedule/entries": "ScheduleEntry",
    "/sales/opportunities": "Opportunity",
}


def values_of(record, path=()):
    for key, value in record.items():
        if key == "_info" or isinstance(value, list):
            continue
        if isinstance(value, dict):
            yield from values_of(value, (*path, key))
        else:
            yield (*path, key), value


def problems_of(record, fields, *, label):
    for path, value in values_of(record):
        # Recorded replies spell it so; the contract has it in lower case.
        known = fields.get(path) or fields.get((*path[:-1], path[-1].lower()))
        if path == ("value",):
            continue
        if known is None:
            yield f"{label}: unknown {'.'.join(path)}"
        elif value is None or not CHECKS[known.type](value):
            yield f"{label}: {'.'.join(path)} = {value!r} is no {known.type}"
        elif known.members and value not in known.members:
            yield f"{label}: {'.'.join(path)} = {value!r} is no member"


@pytest.mark.parametrize("path", sorted(MODELS))
class TestRecordsOf:
    pytestmark = needs_contract

    def test_names_types_and_members_are_the_vendors(self, world, path):
        name = schema_of_list(path.replace("{parent_id}", "{parentId}"))
        fields, lists = flat_fields(name), list_fields(name)
        problems = set()
        for record in world[path]:
            label = f"{name} {record['id']}"
            problems.update(problems_of(record, fields, label=label))
            for key, items in record.items():
                if isinstance(items, list):
                    if key not in lists:
                        problems.add(f"{label}: unknown list {key}")
                        continue
                    for item in items:
                        if isinstance(item, dict):
                            found = problems_of(item, lists[key], label=key)
                            problems.update(found)
        assert not problems


@pytest.mark.parametrize("path", sorted(MODELS))
def test_records_load_in_an_independent_client(world, path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyconnectwise.models import manage
    model = getattr(manage, MODELS[path])
    for record in world[path]:
        model.model_validate(record)
