"""``cwp callbacks`` and ``cwp api``: what is said, and what reaches ConnectWise."""

from collections.abc import Iterator

import pytest

from pipelines.cli.app import run
from pipelines.orchestration.tenant import pointed_at
from pipelines.sandbox.options import Endpoint
from pipelines.sandbox.process import serving
from tests.support.sandbox import client_of, make_world
from tests.support.warehouses import settings_in

URL = "https://dw.example.com"
TARGET = f"{URL}/callbacks/connectwise?recordId="


@pytest.fixture
def sandbox(tmp_path, monkeypatch) -> Iterator[Endpoint]:
    with (
        make_world(tmp_path / "world.sqlite") as store,
        serving(store) as endpoint,
    ):
        tenant = pointed_at(settings_in(tmp_path), endpoint).tenant
        monkeypatch.setenv("CW_BASE_URL", endpoint.base_url)
        monkeypatch.setenv("CW_COMPANY_ID", tenant.company_id)
        monkeypatch.setenv("CW_PUBLIC_KEY", endpoint.public_key)
        monkeypatch.setenv("CW_PRIVATE_KEY", endpoint.private_key)
        monkeypatch.setenv("CW_CLIENT_ID", endpoint.client_id)
        monkeypatch.setenv("CWP_WAREHOUSE__DIR", str(tmp_path / "warehouse"))
        yield endpoint


def entries(endpoint: Endpoint) -> list[dict]:
    with client_of(endpoint) as client:
        return client.get("/system/callbacks").json()


def said(capsys: pytest.CaptureFixture, *arguments: str, code: int = 0) -> str:
    with pytest.raises(SystemExit) as ended:
        run(["callbacks", *arguments])
    told = capsys.readouterr()
    assert ended.value.code == code, told.err
    return told.out + told.err


def test_all_kinds_are_registered_once(sandbox, capsys):
    told = said(capsys, "register", "--url", URL)
    assert told.count("registered as") == 15
    assert TARGET in told
    assert {entry["url"] for entry in entries(sandbox)} == {TARGET}
    again = said(capsys, "register", "--url", URL)
    assert again.count("is registered already") == 15
    assert len(entries(sandbox)) == 15


def test_chosen_kinds_and_an_address_of_ones_own(sandbox, capsys):
    said(capsys, "register", "--url", f"{URL}/in?recordId=", "--types", "Ticket, time")
    assert [(e["type"], e["url"]) for e in entries(sandbox)] == [
        ("ticket", f"{URL}/in?recordId="),
        ("time", f"{URL}/in?recordId="),
    ]


def test_a_dry_run_registers_nothing(sandbox, capsys):
    said(capsys, "register", "--url", URL, "--types", "time")
    told = said(capsys, "register", "--url", URL, "--types", "ticket,time", "--dry-run")
    assert "ticket          would be registered" in told
    assert "time            is registered already" in told
    assert len(entries(sandbox)) == 1


def test_what_is_registered_is_listed_and_removed(sandbox, capsys):
    said(capsys, "register", "--url", URL, "--types", "ticket,time")
    listed = said(capsys, "list")
    assert "2 callbacks" in listed
    first, second = (str(entry["id"]) for entry in entries(sandbox))
    assert first in listed
    assert "removed" in said(capsys, "remove", first, second)
    assert entries(sandbox) == []
    gone = said(capsys, "remove", first, code=1)
    assert f"There is no callback {first}" in gone
    assert "cwp callbacks list" in gone


@pytest.mark.parametrize(
    "url",
    [
        "http://dw.example.com",
        "dw.example.com",
        "https://me:pw@dw.example.com",
        "https://dw.example.com/#x",
        "ftp://dw.example.com",
    ],
)
def test_an_address_that_cannot_be_delivered_to_is_refused(sandbox, capsys, url):
    assert "https://dw.example.com" in said(capsys, "register", "--url", url, code=2)
    assert entries(sandbox) == []


def test_an_unknown_kind_is_told_with_those_that_there_are(sandbox, capsys):
    told = said(capsys, "register", "--url", URL, "--types", "tickets", code=2)
    assert "purchaseorder" in " ".join(told.split())
    assert entries(sandbox) == []


def test_without_a_tenant_it_is_told_what_to_set(capsys):
    told = said(capsys, "list", code=1)
    assert "cwp setup-env" in told


def test_the_api_says_which_port_is_taken(sandbox, capsys):
    port = sandbox.base_url.rpartition(":")[2]
    with pytest.raises(SystemExit) as ended:
        run(["api", "--port", port])
    assert ended.value.code == 1
    assert f"cannot listen on 127.0.0.1:{port}" in capsys.readouterr().err
