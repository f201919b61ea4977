"""A role from a file hides fields, rows and endpoints; a wrong one is named."""

import pytest

from pipelines.errors import SandboxError
from pipelines.sandbox.options import Role
from pipelines.sandbox.roles import read_role
from tests.support.sandbox import TICKETS, ids, small_sandbox

YAML = """
hidden_fields:
  /service/tickets: [budgetHours]
hidden_rows:
  /Service/Tickets: contact/id != null and closedFlag = true
denied:
  - /company/contacts
"""


@pytest.fixture
def file(tmp_path):
    return tmp_path / "role.yaml"


def test_a_role_is_applied(tmp_path, file):
    file.write_text(YAML)
    with small_sandbox(tmp_path, role=read_role(file)) as client:
        seen = client.get("/service/tickets?pageSize=100").json()
        assert client.get("/service/tickets/count").json() == {"count": len(seen)}
        assert client.get("/service/tickets/3").status_code == 403
        assert client.get("/service/tickets/3/notes").status_code == 403
        assert client.get("/company/contacts").status_code == 403
    # Every third is closed, and those divisible by five have no contact.
    assert len(seen) == TICKETS - 20 + 4
    assert not any("budgetHours" in record for record in seen)


def test_json_is_read_too_and_an_empty_file_hides_nothing(file, tmp_path):
    file.write_text('{"denied": ["/time/entries"]}')
    assert read_role(file) == Role(denied=("/time/entries",))
    file.write_text("")
    with small_sandbox(tmp_path, role=read_role(file)) as client:
        assert ids(client.get("/service/tickets")) == list(range(1, 26))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("hidden_fields: {/nope: [id]}", "no list of the sandbox"),
        ("hidden_fields: {/service/tickets: [nope]}", "has not"),
        ("hidden_rows: {/service/tickets: nope = 1}", "wrong conditions"),
        ("visible: []", "is not a role"),
        ("denied: 5", "is not a role"),
        ("a: [", "cannot be read"),
    ],
)
def test_a_wrong_role_is_named(file, text, words):
    file.write_text(text)
    with pytest.raises(SandboxError, match=words):
        read_role(file)


def test_a_missing_role_is_named(file):
    with pytest.raises(SandboxError, match="cannot be read"):
        read_role(file)
