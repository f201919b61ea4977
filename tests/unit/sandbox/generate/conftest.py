"""One tiny world per test process; worlds are read-only here."""

from datetime import UTC, datetime

import pytest

from pipelines.sandbox.generate import build_world
from pipelines.sandbox.store import Store

NOW = datetime(2026, 3, 31, 21, tzinfo=UTC)


@pytest.fixture(scope="session")
def tiny_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("world") / "tiny.sqlite"
    build_world(path, profile="tiny", seed=7, now=NOW)
    return path


@pytest.fixture(scope="session")
def world(tiny_file):
    with Store(tiny_file) as store:
        yield {path: list(store.records(path)) for path in store.paths()}


@pytest.fixture(scope="session")
def manifest(tiny_file):
    with Store(tiny_file) as store:
        return store.manifest()


@pytest.fixture(scope="session")
def events(tiny_file):
    with Store(tiny_file) as store:
        return list(store.events())


@pytest.fixture(scope="session")
def dirty(manifest):
    """Ids that the manifest lists under any of the given kinds."""

    def ids(*kinds):
        found = manifest["dirt"]
        return {number for kind in kinds for number in found[kind]["ids"]}

    return ids


MONEY = (
    "/finance/invoices", "/finance/invoices/{parent_id}/payments", "/time/entries",
    "/finance/agreements", "/finance/agreements/{parent_id}/additions",
    "/finance/agreements/{parent_id}/adjustments", "/expense/entries",
    "/expense/reports", "/procurement/products", "/procurement/purchaseorders",
    "/procurement/purchaseorders/{parent_id}/lineitems", "/sales/opportunities",
    "/sales/opportunities/{parent_id}/forecast", "/sales/orders", "/project/projects",
)  # fmt: skip


def ledger_of(path):
    """What money is about, by list path, and the manifest."""
    with Store(path) as store:
        rows = {each: list(store.records(each)) for each in MONEY}
        return {**rows, "manifest": store.manifest()}


@pytest.fixture(scope="session")
def tiny_ledger(tiny_file):
    return ledger_of(tiny_file)


@pytest.fixture(scope="session")
def small_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("world") / "small.sqlite"
    build_world(path, profile="small", seed=7, now=NOW)
    yield path
    path.unlink()


@pytest.fixture(scope="session")
def small_ledger(small_file):
    return ledger_of(small_file)
