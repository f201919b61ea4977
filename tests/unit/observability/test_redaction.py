"""No form in which a secret may come gets through."""

import pytest
from pydantic import SecretStr

from pipelines.observability.redaction import HIDDEN, Redactor, is_secret

SECRET = "HgFeDcBa87654321"


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Basic YWNtZStBYkNkOnNlY3JldA==",
        "sent {'authorization': 'Bearer HgFeDcBa87654321'}",
        f"private_key={SECRET}",
        f'{{"privateKey": "{SECRET}"}}',
        f"https://host/x?clientId={SECRET}&page=2",
        f"https://acme+pub:{SECRET}@na.myconnectwise.net/v4",
        f"password: {SECRET}",
        f"x-api-key: {SECRET}",
    ],
)
def test_a_secret_is_known_by_its_form(text: str) -> None:
    hidden = Redactor().text(text)
    assert SECRET not in hidden
    assert "YWNtZStBYkNkOnNlY3JldA" not in hidden
    assert HIDDEN in hidden


def test_a_named_secret_is_hidden_wherever_it_stands() -> None:
    redactor = Redactor([SecretStr(SECRET), None, "public"])
    assert redactor.text(f"oops {SECRET}!") == f"oops {HIDDEN}!"
    assert redactor.text("the public board") == "the public board"


def test_the_longer_of_two_overlapping_secrets_goes_whole() -> None:
    redactor = Redactor(["abcdefgh", "abcdefghijkl"])
    assert redactor.text("abcdefghijkl") == HIDDEN


def test_nested_values_are_copied_and_hidden() -> None:
    given = {
        "company": "acme",
        "keys": [{"privateKey": SECRET}, SecretStr(SECRET)],
        "token": 17,
        "error": ValueError(f"token={SECRET}"),
        "rows": 3,
    }
    hidden = Redactor().value(given)
    assert SECRET not in repr(hidden)
    assert hidden["company"] == "acme"
    assert hidden["rows"] == 3
    assert hidden["token"] == HIDDEN
    assert given["keys"][0] == {"privateKey": SECRET}


@pytest.mark.parametrize(
    "text",
    [
        "rows=12 entity=service_tickets",
        "GET /service/tickets?page=2&pageSize=1000",
        "board__id = 7 and closedFlag = false",
        "Basic maths",
        "https://na.myconnectwise.net/v4_6_release/apis/3.0",
    ],
)
def test_ordinary_text_stays(text: str) -> None:
    assert Redactor([SECRET]).text(text) == text


@pytest.mark.parametrize(
    "name", ["privateKey", "CW_PRIVATE_KEY", "client_id", "Cookie"]
)
def test_names_of_secrets(name: str) -> None:
    assert is_secret(name)


@pytest.mark.parametrize("name", ["company_id", "key", "keyword", "tokens_used", "id"])
def test_names_of_ordinary_things(name: str) -> None:
    assert not is_secret(name)
