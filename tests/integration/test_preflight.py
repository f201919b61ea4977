"""What ``cwp doctor`` finds before the first run."""

import re
from datetime import UTC, datetime, timedelta

from pydantic import SecretStr

from pipelines.connectwise.entities import ENTITIES
from pipelines.ingest.permissions import money_fields
from pipelines.ingest.preflight import Finding, examine, open_client
from pipelines.sandbox.options import Role, SandboxOptions
from pipelines.sandbox.store import Store
from pipelines.settings import Settings
from tests.support.warehouses import tenant_of


def findings(settings: Settings) -> dict[str, Finding]:
    with open_client(settings) as client:
        return {finding.name: finding for finding in examine(settings, client)}


def test_a_tenant_that_grants_all_is_found_to_do_so(store, tmp_path):
    with tenant_of(store, tmp_path) as settings:
        found = findings(settings)
    assert {one.status for one in found.values()} == {"ok"}
    assert set(found) == {"connection", "clock", "time zone", "role", *ENTITIES}
    assert found["time zone"].message.endswith("America/New_York.")
    assert "lacks nothing" in found["role"].message


def test_what_is_not_granted_is_named_with_the_remedy(store, tmp_path):
    denied = (ENTITIES["invoices"].path, ENTITIES["project_phases"].path)
    with tenant_of(store, tmp_path, options=SandboxOptions(denied_paths=denied)) as s:
        found = findings(s)
    refused = {name: one for name, one in found.items() if one.status == "warning"}
    below = {e.name for e in ENTITIES.values() if e.path.startswith(denied)}
    assert set(refused) == {"role", *below}
    assert "Security role: Finance" in refused["invoices"].remedy
    lacking = refused["role"].message
    assert "Finance (Agreements, Invoicing" in lacking
    assert "phases of projects" in lacking


def test_fields_that_a_role_hides_are_named(store, tmp_path):
    hidden = {
        ENTITIES["time_entries"].path: ("_info",),
        ENTITIES["invoices"].path: tuple(
            each.path[0] for each in money_fields(ENTITIES["invoices"])
        ),
    }
    options = SandboxOptions(role=Role(hidden_fields=hidden))
    with tenant_of(store, tmp_path, options=options) as settings:
        found = findings(settings)
    assert "comes without _info" in found["time_entries"].message
    assert re.search(r"never has .*total.* in \d+ rows", found["invoices"].message)
    assert found["invoices"].status == found["time_entries"].status == "warning"
    assert found["companies"].status == "ok"


def test_a_refused_key_is_the_only_other_thing_that_can_be_said(store, tmp_path):
    with tenant_of(store, tmp_path) as settings:
        tenant = settings.tenant.model_copy(update={"private_key": SecretStr("no")})
        found = findings(settings.model_copy(update={"tenant": tenant}))
    assert [one.status for one in found.values()] == ["error"]
    assert "CW_PRIVATE_KEY" in found["connection"].message


def test_a_clock_that_is_off_is_a_warning_with_the_amount(tmp_path):
    # Half a minute over, because both clocks tick and Date has whole seconds.
    ahead = datetime.now(UTC) + timedelta(hours=2, seconds=30)
    with Store.create(tmp_path / "world.sqlite") as empty:
        options = SandboxOptions(now=ahead)
        with tenant_of(empty, tmp_path, options=options) as settings:
            sandbox = settings.sandbox.model_copy(update={"active": False})
            found = findings(settings.model_copy(update={"sandbox": sandbox}))
    assert found["clock"].status == "warning"
    assert re.search(r"clock is 2:00:\d\d off the server's", found["clock"].message)


def test_an_empty_tenant_is_granted_and_empty(tmp_path):
    with (
        Store.create(tmp_path / "world.sqlite") as empty,
        tenant_of(empty, tmp_path) as settings,
    ):
        found = findings(settings)
    assert found["companies"].message.endswith("granted, and empty.")
    assert "there are no boards" in found["board_statuses"].message
