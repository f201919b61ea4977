"""From what a person types to the API's address."""

import pytest

from pipelines.connectwise.company_info import codebase_of, parse_address
from pipelines.errors import SettingsError

INFO = {"IsCloud": True, "Codebase": "v2026_4/"}


@pytest.mark.parametrize(
    ("typed", "login", "api"),
    [
        (
            "https://na.myconnectwise.net",
            "https://na.myconnectwise.net",
            "https://api-na.myconnectwise.net",
        ),
        (
            "api-eu.myconnectwise.net/",
            "https://eu.myconnectwise.net",
            "https://api-eu.myconnectwise.net",
        ),
        (
            "https://staging.connectwisedev.com/v4_6_release/",
            "https://staging.connectwisedev.com",
            "https://api-staging.connectwisedev.com",
        ),
        (
            "https://sandbox-na.myconnectwise.net",
            "https://sandbox-na.myconnectwise.net",
            "https://sandbox-na.myconnectwise.net",
        ),
        (
            " HTTPS://Connect.Example.com:8443/ ",
            "https://connect.example.com:8443",
            "https://connect.example.com:8443",
        ),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080", "http://127.0.0.1:8080"),
        ("http://localhost:8080", "http://localhost:8080", "http://localhost:8080"),
        ("http://[::1]:80", "http://[::1]:80", "http://[::1]:80"),
    ],
)
def test_hosts_are_understood(typed, login, api):
    address = parse_address(typed)
    assert (address.login_origin, address.api_origin) == (login, api)
    assert address.codebase is None


def test_a_full_address_keeps_its_codebase_and_gets_the_api_host():
    address = parse_address("https://na.myconnectwise.net/v2025_1/apis/3.0/")
    assert address.codebase == "v2025_1"
    expected = "https://api-na.myconnectwise.net/v2025_1/apis/3.0"
    assert address.api_url(address.codebase) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "https://",
        "ftp://cw.example",
        "https://me:pass@cw.example",
        "a b.c",
        "https://cw.example:port",
        "https://[::1",
    ],
)
def test_what_is_no_address_is_refused_without_repeating_it(typed):
    with pytest.raises(SettingsError, match="CW_BASE_URL") as caught:
        parse_address(typed)
    assert "pass" not in str(caught.value)


@pytest.mark.parametrize("typed", ["http://cw.example", "http://10.0.0.1:80"])
def test_keys_never_travel_unencrypted(typed):
    with pytest.raises(SettingsError, match="unencrypted"):
        parse_address(typed)


@pytest.mark.parametrize(
    ("info", "is_cloud", "codebase"),
    [
        (INFO, True, "v2026_4"),
        ({**INFO, "IsCloud": "True"}, False, "v2026_4"),
        ({**INFO, "IsCloud": False}, False, "v4_6_release"),
        ({**INFO, "IsCloud": False}, True, "v2026_4"),
        ({"IsCloud": True}, True, "v4_6_release"),
        ({"IsCloud": True, "Codebase": "../evil"}, True, "v4_6_release"),
    ],
)
def test_company_info_names_the_codebase(info, is_cloud, codebase):
    assert codebase_of(info, is_cloud=is_cloud) == codebase
