"""A warehouse holds one tenant's records, and says so to any other."""

import pytest

from pipelines.connectwise import CompanyNotFoundError
from pipelines.errors import IngestError
from pipelines.observability.progress import SilentProgress
from pipelines.orchestration.session import Ledger, opened
from pipelines.orchestration.tenant import owner
from pipelines.sandbox.store import Store
from pipelines.settings import Settings, TenantSettings
from tests.support.warehouses import settings_in, tenant_of


def settings_of(company: str, base_url: str) -> Settings:
    tenant = TenantSettings(_env_file=None, company_id=company, base_url=base_url)
    return Settings(_env_file=None, tenant=tenant)


def begin(settings: Settings) -> None:
    """Do what the first step of a run does first."""
    with opened(settings, progress=SilentProgress(), ledger=Ledger()) as session:
        assert session.sync


@pytest.mark.parametrize(
    "base_url",
    [
        "na.myconnectwise.net",
        "https://api-na.myconnectwise.net/",
        "https://na.myconnectwise.net/v4_6_release/apis/3.0",
    ],
)
def test_a_tenant_is_the_same_however_its_address_is_written(base_url):
    assert owner(settings_of("Acme", base_url)) == (
        "company acme at na.myconnectwise.net"
    )


def test_a_warehouse_takes_no_second_tenant(tmp_path):
    with (
        Store.create(tmp_path / "world.sqlite") as store,
        tenant_of(store, tmp_path / "warehouse") as settings,
    ):
        begin(settings)
        begin(settings)
        seed = settings.sandbox.model_copy(update={"seed": 8})
        with pytest.raises(IngestError, match=r"holds .*seed 7.* read .*seed 8"):
            begin(settings.model_copy(update={"sandbox": seed}))
        real = settings.sandbox.model_copy(update={"active": False})
        with pytest.raises(IngestError, match=r"company sandbox at 127.0.0.1"):
            begin(settings.model_copy(update={"sandbox": real}))
        elsewhere = settings_in(tmp_path / "another").warehouse
        begin(settings.model_copy(update={"sandbox": real, "warehouse": elsewhere}))


def test_a_tenant_that_does_not_answer_claims_nothing(tmp_path):
    with (
        Store.create(tmp_path / "world.sqlite") as store,
        tenant_of(store, tmp_path / "warehouse") as settings,
    ):
        mistyped = settings.tenant.model_copy(update={"company_id": "sandbx"})
        other = settings.sandbox.model_copy(update={"active": False})
        with pytest.raises(CompanyNotFoundError):
            begin(
                settings.model_copy(update={"tenant": mistyped, "sandbox": other}),
            )
        begin(settings)
