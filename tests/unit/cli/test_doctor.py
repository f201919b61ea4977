"""``cwp doctor`` tells what a run would meet, against a server that answers."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli.app import app
from pipelines.sandbox.options import Endpoint, SandboxOptions
from pipelines.sandbox.process import serving
from pipelines.sandbox.store import Store


@pytest.fixture
def endpoint(tmp_path: Path) -> Iterator[Endpoint]:
    options = SandboxOptions(denied_paths=("/finance/invoices",))
    with (
        Store.create(tmp_path / "world.sqlite") as store,
        serving(store, options=options) as endpoint,
    ):
        yield endpoint


def examined(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("CW_BASE_URL", endpoint.base_url)
    monkeypatch.setenv("CW_COMPANY_ID", endpoint.company_id)
    monkeypatch.setenv("CW_PUBLIC_KEY", endpoint.public_key)
    monkeypatch.setenv("CW_PRIVATE_KEY", endpoint.private_key)
    monkeypatch.setenv("CW_CLIENT_ID", endpoint.client_id)
    monkeypatch.setenv("CWP_SANDBOX__ACTIVE", "true")
    return CliRunner().invoke(app, ["doctor"])


def lines_of(output: str, name: str) -> list[str]:
    return [line.strip() for line in output.splitlines() if f" {name} " in line]


def test_what_is_granted_and_what_is_not(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = examined(endpoint, monkeypatch)
    assert result.exit_code == 0
    assert lines_of(result.output, "companies")[0].startswith("ok")
    assert lines_of(result.output, "invoices")[0].startswith("warning")
    assert "not granted" in result.output


def test_a_wrong_key_is_one_error_and_exit_code_1(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    result = examined(replace(endpoint, private_key="wrongkey99"), monkeypatch)
    assert result.exit_code == 1
    assert result.output.strip().startswith("error")
    assert "wrongkey99" not in result.output
    assert "companies" not in result.output


def test_without_credentials_it_says_what_a_run_would_use() -> None:
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 0
    assert "built-in sandbox" in result.output
