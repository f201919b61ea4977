"""``cwp sandbox`` takes its options, answers, and ends on Ctrl-C."""

import json
import re
import signal
import ssl
import subprocess
import sys
import urllib.request
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path
from typing import get_args

import httpx
import pytest
import typer

from pipelines.cli.sandbox import NAMES, instant, per_minute
from pipelines.sandbox.options import SWITCHES, FaultName
from pipelines.settings import PROJECT_DIR


def test_it_serves_recorded_records_and_ends_on_ctrl_c(tmp_path: Path) -> None:
    records = [{"id": 1, "summary": "Printer on fire"}]
    (tmp_path / "service__tickets.json").write_text(json.dumps(records))
    command = [sys.executable, "-m", "pipelines", "sandbox", "--data", str(tmp_path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=PROJECT_DIR
    ) as process:
        try:
            assert process.stdout is not None
            said = [process.stdout.readline() for _ in range(8)]
            base_url = re.search(r"http://127\.0\.0\.1:\d+", said[0])
            assert base_url is not None
            assert "        1  /service/tickets\n" in said
            assert tickets(base_url[0]) == ["Printer on fire"]
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0


def tickets(base_url: str) -> list[str]:
    token = b64encode(b"sandbox+public:private").decode()
    request = urllib.request.Request(
        f"{base_url}/v4_6_release/apis/3.0/service/tickets",
        headers={
            "Authorization": f"Basic {token}",
            "clientId": "00000000-0000-4000-8000-000000000000",
        },
    )
    with urllib.request.urlopen(request) as answer:
        return [record["summary"] for record in json.load(answer)]


def test_options_reach_the_served_sandbox(tmp_path: Path) -> None:
    (tmp_path / "service__tickets.json").write_text('[{"id": 1, "budgetHours": 2}]')
    role = tmp_path / "role.yaml"
    role.write_text("hidden_fields: {/service/tickets: [budgetHours]}")
    options = ["--data", str(tmp_path), "--role", str(role), "--tls", "--port", "0"]
    options += ["--api-version", "2025.1", "--switch", "gzip"]
    options += ["--fault", "late-rows=0.5", "--live", "1"]
    command = [sys.executable, "-m", "pipelines", "sandbox", *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=PROJECT_DIR
    ) as process:
        try:
            assert process.stdout is not None
            said = [process.stdout.readline() for _ in range(8)]
            url = said[0].split()[3]
            certificate = said[5].split()[1]
            assert url.startswith("https://127.0.0.1:")
            answer = ask(url, certificate)
        finally:
            process.send_signal(signal.SIGINT)
    assert said[6:] == [
        "  fault       late-rows 0.5\n",
        "  live        1 events a minute\n",
    ]
    assert answer.headers["api-current-version"] == "2025.1"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.json() == [{"id": 1}]


def ask(url: str, certificate: str) -> httpx.Response:
    return httpx.get(
        f"{url}/v2025_1/apis/3.0/service/tickets",
        auth=("sandbox+public", "private"),
        headers={"clientId": "00000000-0000-4000-8000-000000000000"},
        verify=ssl.create_default_context(cafile=certificate),
    )


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--fault", "nope"], "There is no fault nope; choose html, "),
        (["--fault", "reset=7"], "Give the fault reset a share such as 0.05"),
        (["--switch", "nope"], "There is no switch nope; choose "),
        (
            ["--switch", "gzip=maybe"],
            "The switch gzip takes true or false, not 'maybe'",
        ),
    ],
)
def test_a_wrong_option_is_one_clear_sentence(options: list[str], words: str) -> None:
    command = [sys.executable, "-m", "pipelines", "sandbox", *options]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=PROJECT_DIR, check=False
    )
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("text", "number"), [("60/min", 60), ("1000", 1000)])
def test_rate_limits(text: str, number: int) -> None:
    assert per_minute(text) == number


@pytest.mark.parametrize("text", ["0/min", "60/s", "-1", "fast"])
def test_rate_limits_that_make_no_sense(text: str) -> None:
    with pytest.raises(typer.BadParameter):
        per_minute(text)


def test_instants_are_utc_unless_they_say_otherwise() -> None:
    assert instant("2026-03-31T21:00") == datetime(2026, 3, 31, 21, tzinfo=UTC)
    assert instant("2026-03-31T21:00+02:00") == datetime(2026, 3, 31, 19, tzinfo=UTC)
    with pytest.raises(typer.BadParameter):
        instant("tomorrow")


def test_help_names_every_fault_and_switch() -> None:
    said = NAMES.replace(",", " ").split()
    assert [name for name in get_args(FaultName) if name not in said] == []
    assert [name for name in SWITCHES if name.replace("_", "-") not in said] == []
