"""Extraction and marts on records that a real ConnectWise once gave.

A staging database's ticket and project and the contacts of the vendor's sandbox,
served as they were recorded, sparse and with references to records that are not there.
"""

import json
from pathlib import Path

import pytest

from pipelines.sandbox.recorded import load_recorded
from pipelines.sandbox.store import Store
from tests.support.marts import AS_OF, ZONE, RawWarehouse
from tests.support.vendor_contract import FOLDER
from tests.support.warehouses import extract, tenant_of

PAYLOADS = FOLDER / "payloads"

pytestmark = [
    pytest.mark.contract,
    pytest.mark.skipif(
        not PAYLOADS.exists(), reason="needs the recorded payloads beside the checkout"
    ),
]


def recorded(name: str) -> object:
    return json.loads((PAYLOADS / name).read_text(encoding="utf-8"))


@pytest.fixture
def store(tmp_path: Path):
    ticket = recorded("pipedream_staging/service_ticket.json")
    project = recorded("pipedream_staging/project.json")
    contacts = recorded("amp_labs/test_read_contacts.json")
    folder = tmp_path / "recorded"
    folder.mkdir()
    for name, records in {
        "service__tickets": [ticket],
        "project__projects": [project],
        "company__contacts": contacts,
    }.items():
        (folder / f"{name}.json").write_text(json.dumps(records), encoding="utf-8")
    load_recorded(folder, tmp_path / "world.sqlite")
    with Store(tmp_path / "world.sqlite") as one:
        yield one


def test_recorded_records_reach_the_marts(store, tmp_path):
    with tenant_of(store, tmp_path / "warehouse") as settings:
        sync = extract(settings)
    warehouse = RawWarehouse(settings)
    warehouse.set_clock(as_of=AS_OF, zone=ZONE)
    marts = "+fct_ticket +dim_project"
    warehouse.build("--indirect-selection=cautious", select=marts)
    tickets = "select ticket_id, summary, is_closed from marts.fct_ticket"
    assert warehouse.query(tickets) == [(493, "Check Remote Backup", False)]
    projects = "select project_id from marts.dim_project where not is_inferred"
    (project,) = warehouse.query(projects)
    assert project == (recorded("pipedream_staging/project.json")["id"],)
    read = {name: one.rows_read for name, one in sync.tallies.items() if one.rows_read}
    assert read == {"service_tickets": 1, "projects": 1, "contacts": 1}
    assert not [tally for tally in sync.tallies.values() if tally.quarantine]
