"""``/healthz`` answers as long as the process does, and tells of the published copy."""

from pipelines.warehouse.connection import create
from tests.support.api import api_of, tenant_at
from tests.support.clients import SECRETS
from tests.support.warehouses import settings_in


def test_a_new_warehouse_is_healthy_and_has_no_copy(tmp_path):
    with api_of(settings_in(tmp_path)) as api:
        answer = api.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "ok", "published": "absent"}


def test_the_copy_is_read_or_told_to_be_unreadable(tmp_path):
    settings = settings_in(tmp_path)
    settings.warehouse.published_dir.mkdir(parents=True)
    with api_of(settings) as api:
        create(settings.warehouse.published_file)
        assert api.get("/healthz").json()["published"] == "readable"
        settings.warehouse.published_file.write_bytes(b"no database" * 1_000)
        assert api.get("/healthz").json()["published"] == "unreadable"


def test_nothing_secret_is_told(tmp_path):
    with api_of(tenant_at("https://na.myconnectwise.net", tmp_path)) as api:
        told = api.get("/healthz").text
    assert not any(secret in told for secret in (*SECRETS, "acme", str(tmp_path)))
