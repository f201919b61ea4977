"""A run goes on after extraction exactly when there is something to build."""

from pipelines.observability.progress import SilentProgress
from pipelines.orchestration.run import run_once
from tests.support.warehouses import dump, tenant_of

SCHEMAS = ("connectwise_raw", "meta", "marts", "reports", "staging", "intermediate")


def test_nothing_new_stops_and_a_missing_copy_is_made_again(store, tmp_path):
    with tenant_of(store, tmp_path / "warehouse") as settings:
        first = run_once(settings, progress=SilentProgress())
        assert not first.nothing_new
        assert first.outcomes_failed == ()
        before = dump(settings, schemas=SCHEMAS)
        copy = settings.warehouse.published_file.resolve()

        second = run_once(settings, progress=SilentProgress())
        assert second.nothing_new
        assert second.marts == second.files == ()
        assert dump(settings, schemas=SCHEMAS) == before
        assert settings.warehouse.published_file.resolve() == copy

        settings.warehouse.published_file.unlink()
        third = run_once(settings, progress=SilentProgress())
        assert not third.nothing_new
        assert {one.name: one.rows for one in third.marts} == {
            one.name: one.rows for one in first.marts
        }
        assert settings.warehouse.published_file.exists()
