"""One record is followed from its page to its mart rows, asking nobody."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli.app import app
from pipelines.connectwise import Page
from pipelines.errors import IngestError
from pipelines.ingest.landing import Landing
from pipelines.lineage.trace import entities_named, singular, trace
from pipelines.settings import Settings
from tests.support.warehouse_files import fill, settings_in

NOW = datetime(2026, 3, 31, 21, tzinfo=UTC)
FIRST, SECOND = "1774990800.1", "1774990900.2"
NODES = {
    "model.connectwise.stg_connectwise__service_ticket": "staging",
    "model.connectwise.fct_ticket": "marts",
    "model.connectwise.rpt_service_weekly": "reports",
    "test.connectwise.key": "staging",
}


def page(path: str, records: list[dict]) -> Page:
    return Page(
        path=path,
        number=2,
        content=json.dumps(records).encode(),
        server_date=NOW,
        request_id="cw-1",
        row_count=len(records),
    )


def keep(settings: Settings, load_id: str, records: list[dict]) -> None:
    landing = Landing(
        directory=settings.warehouse.landing_dir,
        load_id=load_id,
        run_id=f"run-of-{load_id}",
        read_at=NOW,
    )
    landing.keep("service_tickets", page("/service/tickets", records))


def write_manifest(target: Path) -> None:
    source = "source.connectwise.connectwise_raw.service_tickets"
    names = list(NODES)
    below = {source: [names[3], names[0]], names[0]: [names[1]], names[1]: [names[2]]}
    nodes = {
        key: {
            "schema": schema,
            "name": key.rpartition(".")[2],
            "resource_type": key.partition(".")[0],
        }
        for key, schema in NODES.items()
    }
    manifest = {
        "sources": {source: {"schema": "connectwise_raw", "name": "service_tickets"}},
        "nodes": nodes,
        "child_map": below,
    }
    target.mkdir(parents=True)
    (target / "manifest.json").write_text(json.dumps(manifest))


@pytest.fixture
def settings(tmp_path) -> Settings:
    one = settings_in(tmp_path / "warehouse")
    keep(one, FIRST, [{"id": 7, "summary": "Old"}, {"id": 8, "summary": "Other"}])
    secret = {"type": "Password", "caption": "password", "value": "hunter22"}
    new = {"id": 7, "summary": "Drucker 🖨️", "password": "hunter22"}
    keep(one, SECOND, [{**new, "customFields": [secret]}])
    raw, deletions = "connectwise_raw.service_tickets", "connectwise_raw._deletions"
    row = f"'{SECOND}' as _dlt_load_id, 'a' as _dlt_id, 'Drucker 🖨️' as summary"
    fill(
        one.warehouse.build_file,
        {
            raw: f"select 7 as id, {row} union all select 9, '0.5', 'b', 'Gone'",
            deletions: "select 'service_tickets' as entity, 9 as id, 'why' as evidence",
            "staging.stg_connectwise__service_ticket": "select 7 as ticket_id, 1 as y",
        },
    )
    one.warehouse.published_dir.mkdir(parents=True)
    fill(
        one.warehouse.published_file,
        {
            "marts.fct_ticket": "select 7 as ticket_id, 1.5 as hours union select 8, 2",
            "reports.rpt_service_weekly": "select date '2026-03-30' as week_date",
            "marts.fct_unrelated": "select 7 as ticket_id",
        },
    )
    write_manifest(one.warehouse.dbt_target_dir)
    return one


def test_a_record_is_shown_from_its_own_load_to_its_marts(settings):
    (found,) = trace(settings, "service_tickets", 7)
    assert found.answered.record["summary"] == "Drucker 🖨️"
    assert (found.answered.load_id, found.answered.page.number) == (SECOND, 2)
    assert found.answered.page.run_id == f"run-of-{SECOND}"
    assert found.answered.file.is_file()
    assert found.raw["summary"] == "Drucker 🖨️"
    assert [(m.table, m.column, m.count) for m in found.marts] == [
        ("marts.fct_ticket", "ticket_id", 1)
    ]


def test_a_password_in_a_kept_page_is_not_shown(settings):
    (found,) = trace(settings, "ticket", 7)
    assert "hunter22" not in json.dumps(found.answered.record)


def test_a_record_that_only_a_page_knows_is_found_there(settings):
    (found,) = trace(settings, "ticket", 8)
    assert found.raw is None
    assert found.answered.record == {"id": 8, "summary": "Other"}
    assert [m.table for m in found.marts] == ["marts.fct_ticket"]


def test_a_row_whose_page_is_gone_still_tells_of_its_deletion(settings):
    (found,) = trace(settings, "ticket", 9)
    assert found.answered is None
    assert found.raw["summary"] == "Gone"
    assert [row["evidence"] for row in found.deletions] == ["why"]


def test_what_nobody_knows_is_said_in_a_sentence(settings):
    with pytest.raises(IngestError, match="Nothing is known of ticket 99"):
        trace(settings, "ticket", 99)
    with pytest.raises(IngestError, match="There is no entity 'unicorn'"):
        trace(settings, "unicorn", 1)


def test_the_verb_draws_record_page_row_and_marts(settings, monkeypatch):
    monkeypatch.setenv("CWP_WAREHOUSE__DIR", str(settings.warehouse.dir))
    told = CliRunner().invoke(app, ["trace", "ticket", "7"]).output
    wanted = ('"summary": "Drucker 🖨️"', SECOND, "service_tickets.json.zst", "cw-1")
    for text in (
        *wanted,
        "connectwise_raw.service_tickets",
        "marts.fct_ticket, row 1 of 1",
    ):
        assert text in told


@pytest.mark.parametrize(
    ("plural", "one"),
    [
        ("companies", "company"),
        ("board_statuses", "board_status"),
        ("time_entries", "time_entry"),
        ("slas", "sla"),
        ("project_phases", "project_phase"),
        ("status", "status"),
    ],
)
def test_things_are_named_in_the_singular(plural, one):
    assert singular(plural) == one


def test_a_ticket_may_be_of_either_list():
    names = [entity.name for entity in entities_named("ticket")]
    assert names == ["service_tickets", "project_tickets"]
    assert [e.name for e in entities_named("Company")] == ["companies"]
