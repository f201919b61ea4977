"""What Dagster is told: keys, lineage, checks, jobs, schedules; without any tenant."""

import dagster as dg
import pytest

from pipelines.connectwise.entities import ENTITIES
from pipelines.ingest.completeness import COUNT_CHECK, LOAD_CHECK
from pipelines.orchestration.definitions import build_definitions
from pipelines.orchestration.jobs import JOBS
from pipelines.orchestration.keys import (
    AS_OF,
    DELETIONS_KEY,
    PUBLISHED,
    endpoint_key,
    raw_key,
)
from tests.support.parsed_dbt import parsed_project

REPORT = dg.AssetKey(["report_files", "project_portfolio_status"])


@pytest.fixture(scope="module")
def definitions():
    settings = parsed_project()
    loaded = build_definitions(settings)
    assert not settings.warehouse.build_file.exists()
    assert not settings.warehouse.published_dir.exists()
    return loaded


@pytest.fixture(scope="module")
def graph(definitions):
    return definitions.resolve_asset_graph()


def ancestors(graph, key: dg.AssetKey) -> set[dg.AssetKey]:
    return set(graph.get_ancestor_asset_keys(key))


@pytest.mark.parametrize("name", sorted(ENTITIES))
def test_lineage_reaches_from_every_endpoint_to_the_report(name, graph):
    behind_report = ancestors(graph, REPORT)
    assert raw_key(name) in behind_report
    assert endpoint_key(ENTITIES[name]) in behind_report


def test_everything_between_raw_and_report_waits_for_the_clock(graph):
    assert AS_OF in ancestors(graph, dg.AssetKey(["marts", "fct_ticket"]))
    assert raw_key("invoices") in ancestors(graph, AS_OF)


def test_children_wait_for_their_parents(graph):
    for entity in ENTITIES.values():
        if entity.parent:
            assert raw_key(entity.parent) in graph.get(raw_key(entity.name)).parent_keys


def test_every_dbt_source_is_an_asset_that_a_run_makes(graph):
    loose = {
        key
        for key in graph.get_all_asset_keys()
        if key.path[0] != "connectwise" and not graph.get(key).is_executable
    }
    assert loose == set()


def test_groups_are_layers(graph):
    for key in graph.get_all_asset_keys():
        if key.path[0] in {"staging", "marts", "reports", "intermediate"}:
            assert graph.get(key).group_name == key.path[0]


def test_checks_of_dbt_and_great_expectations_are_asset_checks(graph):
    names = {check.name for check in graph.asset_check_keys}
    assert "every_ticket_reaches_fct_ticket" in names
    assert "actual_hours_in_range" in names


def test_every_raw_table_is_checked_by_the_step_that_loads_it(graph):
    checked = {(check.asset_key, check.name) for check in graph.asset_check_keys}
    for entity in ENTITIES.values():
        assert (raw_key(entity.name), LOAD_CHECK) in checked
        counted = (raw_key(entity.name), COUNT_CHECK) in checked
        assert counted == (entity.has_count and not entity.parent)


def test_the_hot_job_reads_only_what_moves_all_day(definitions):
    hot = definitions.resolve_job_def("sync_hot").asset_layer.selected_asset_keys
    everything = definitions.resolve_job_def("sync_all").asset_layer.selected_asset_keys
    assert raw_key("service_tickets") in hot
    assert raw_key("service_ticket_notes") in hot
    assert raw_key("companies") not in hot
    assert {AS_OF, PUBLISHED, REPORT} <= set(hot)
    assert {raw_key(name) for name in ENTITIES} <= set(everything)


def test_every_entity_is_read_by_one_tiers_job(definitions):
    read = {
        name: set(definitions.resolve_job_def(name).asset_layer.selected_asset_keys)
        for name in ("sync_hot", "sync_warm", "sync_reference")
    }
    for name in ENTITIES:
        assert sum(raw_key(name) in keys for keys in read.values()) == 1


def test_deletes_are_swept_by_a_job_of_their_own_that_reads_no_windows(definitions):
    jobs = {name: definitions.resolve_job_def(name) for name in (*JOBS, "reconcile")}
    keys = {name: set(j.asset_layer.selected_asset_keys) for name, j in jobs.items()}
    assert [name for name in keys if DELETIONS_KEY in keys[name]] == ["reconcile"]
    assert {AS_OF, PUBLISHED, REPORT} <= keys["reconcile"]
    built = [{k for k in keys[n] if k.path[0] != "connectwise_raw"} for n in keys]
    assert all(one == built[0] for one in built)
    assert not keys["reconcile"] & {raw_key(name) for name in ENTITIES}


def test_schedules_and_sensors(definitions):
    repository = definitions.get_repository_def()
    crons = {s.name: s.cron_schedule for s in repository.schedule_defs}
    assert crons == {
        "sync_hot_every_5_minutes": "*/5 * * * *",
        "sync_warm_every_30_minutes": "*/30 * * * *",
        "sync_reference_every_4_hours": "0 */4 * * *",
        "sync_all_nightly": "15 2 * * *",
        "reconcile_nightly": "15 3 * * *",
    }
    sensors = [sensor.name for sensor in repository.sensor_defs]
    assert sorted(sensors) == ["callback_hints", "run_failed"]


def test_steps_run_in_the_process_of_their_run(definitions):
    for name in JOBS:
        executor = definitions.resolve_job_def(name).executor_def
        assert executor is dg.in_process_executor


def test_what_comes_in_and_what_goes_out_has_a_freshness_policy(graph):
    for key in (PUBLISHED, raw_key("service_tickets"), raw_key("companies")):
        assert graph.get(key).freshness_policy is not None


def test_hints_of_callbacks_have_a_job_and_a_sensor_that_looks(definitions):
    assert definitions.resolve_job_def("sync_hints").executor_def.name == "in_process"
    sensor = definitions.resolve_sensor_def("callback_hints")
    assert sensor.default_status is dg.DefaultSensorStatus.RUNNING
    assert sensor.job_name == "sync_hints"
