"""Credentials are asked unseen, checked by form and written for one reader."""

import os
import stat
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli.app import app
from pipelines.cli.env_file import QUESTIONS, render, write_private
from pipelines.errors import SettingsError
from pipelines.settings import load_settings

ANSWERS = {
    "CW_BASE_URL": "https://eu.myconnectwise.net",
    "CW_COMPANY_ID": "acme",
    "CW_PUBLIC_KEY": "AbCdEfGh12345678",
    "CW_PRIVATE_KEY": "HgFeDcBa87654321",
    "CW_CLIENT_ID": "11111111-2222-4333-8444-555555555555",
}
TYPED = "\n".join(ANSWERS.values()) + "\n"
SECRETS = [ANSWERS[question.variable] for question in QUESTIONS if question.secret]


def ask(path: Path, *options: str, typed: str = TYPED):
    arguments = ["setup-env", "--file", str(path), *options]
    return CliRunner().invoke(app, arguments, input=typed)


def test_what_was_typed_is_what_settings_read(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    assert ask(path).exit_code == 0
    tenant = load_settings(env_file=path).tenant
    assert tenant.missing == ()
    assert tenant.base_url == ANSWERS["CW_BASE_URL"]
    assert tenant.private_key is not None
    assert tenant.private_key.get_secret_value() == ANSWERS["CW_PRIVATE_KEY"]


def test_no_secret_is_shown(tmp_path: Path) -> None:
    said = ask(tmp_path / ".env").output
    assert [secret for secret in SECRETS if secret in said] == []
    assert len(SECRETS) == 3


def test_only_the_owner_may_read_it_whatever_the_umask(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("OTHER=1\n")
    path.chmod(0o644)
    before = os.umask(0)
    try:
        write_private(path, "CW_COMPANY_ID='acme'\n")
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_an_old_file_is_not_replaced_unasked(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("CW_COMPANY_ID='old'\n")
    result = ask(path)
    assert isinstance(result.exception, SettingsError)
    assert "--force" in str(result.exception)
    assert path.read_text() == "CW_COMPANY_ID='old'\n"


def test_force_keeps_the_other_settings(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("# mine\nCWP_LOG__LEVEL=DEBUG\nexport CW_COMPANY_ID='old'\n")
    assert ask(path, "--force").exit_code == 0
    text = path.read_text()
    assert text.startswith("# mine\nCWP_LOG__LEVEL=DEBUG\n")
    assert "old" not in text
    assert load_settings(env_file=path).log.level == "DEBUG"


def test_a_wrong_form_is_asked_again_without_repeating_it(tmp_path: Path) -> None:
    typed = TYPED.replace("11111111-2222", "not-a-guid\n11111111-2222")
    result = ask(tmp_path / ".env", typed=typed)
    assert result.exit_code == 0
    assert "A clientId looks like" in result.output
    assert "not-a-guid" not in result.output


@pytest.mark.parametrize(
    ("variable", "answer"),
    [
        ("CW_BASE_URL", "na.myconnectwise.net and more"),
        ("CW_BASE_URL", "ftp://na.myconnectwise.net"),
        ("CW_COMPANY_ID", "acme+key"),
        ("CW_COMPANY_ID", "it's"),
        ("CW_PUBLIC_KEY", "two words"),
        ("CW_PRIVATE_KEY", "quote'"),
        ("CW_CLIENT_ID", "11111111"),
    ],
)
def test_forms_that_cannot_be_right(variable: str, answer: str) -> None:
    question = next(q for q in QUESTIONS if q.variable == variable)
    assert question.complaint(answer) == question.remedy
    assert answer not in question.remedy


@pytest.mark.parametrize(
    "answer",
    [
        "na.myconnectwise.net",
        "https://api-eu.myconnectwise.net/v4_6_release/apis/3.0",
        "http://127.0.0.1:8080",
    ],
)
def test_addresses_that_may_be_right(answer: str) -> None:
    assert QUESTIONS[0].complaint(answer) is None


def test_rendering_twice_is_the_same_as_once() -> None:
    once = render("A=1\n", ANSWERS)
    assert render(once, ANSWERS) == once
