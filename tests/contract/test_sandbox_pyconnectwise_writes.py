"""Somebody else's client changes the world: what it writes, it reads back."""

import pytest
from pyconnectwise.exceptions import MalformedRequestException, NotFoundException

from pipelines.sandbox.process import serving
from tests.support.pyconnectwise_client import plain_client
from tests.support.sandbox import make_world

pytestmark = pytest.mark.filterwarnings(
    "ignore::pydantic.warnings.PydanticDeprecatedSince20"
)


@pytest.fixture
def client(tmp_path):
    info = {"lastUpdated": "2026-01-05T10:00:00Z", "updatedBy": "mia"}
    company = {"id": 2, "identifier": "Acme", "name": "Acme Ltd.", "_info": info}
    with make_world(tmp_path / "world.sqlite") as store:
        store.write("/company/companies", [company])
        with serving(store) as endpoint:
            yield plain_client(endpoint)


def test_a_ticket_lives_and_dies(client):
    made = client.service.tickets.post({"summary": "New", "company": {"id": 2}})
    ticket = client.service.tickets.id(made.id)
    assert ticket.get().summary == "New"
    operation = {"op": "replace", "path": "summary", "value": "Changed"}
    assert ticket.patch([operation]).summary == "Changed"
    note = ticket.notes.post({"text": "Called"})
    assert [each.text for each in ticket.notes.get()] == [note.text]
    merging = {"mergeTicketIds": [5], "status": {"id": 12}}
    assert ticket.merge.post(merging).success
    assert client.service.tickets.id(5).get().merged_parent_ticket.id == made.id
    ticket.delete()
    with pytest.raises(NotFoundException):
        ticket.get()


def test_time_a_company_and_a_contact_are_written(client):
    start, end = "2026-03-31T08:00:00Z", "2026-03-31T09:00:00Z"
    charge = {"chargeToId": 4, "chargeToType": "ServiceTicket"}
    entry = client.time.entries.post({**charge, "timeStart": start, "timeEnd": end})
    assert entry.actual_hours == 1
    company = client.company.companies.post({"identifier": "New", "name": "New Ltd."})
    body = {"firstName": "Kim", "company": {"id": company.id}}
    contact = client.company.contacts.post(body)
    assert client.company.contacts.id(contact.id).get().company.name == "New Ltd."


def test_its_refusal_is_understood(client):
    with pytest.raises(MalformedRequestException):
        client.service.tickets.post({"company": {"id": 2}})
