"""Windows zone names, which the API gives, and IANA names, which people set."""

import httpx
import pytest
from pydantic import SecretStr

from pipelines.connectwise import ConnectWiseClient, Credentials
from pipelines.errors import SettingsError
from pipelines.ingest.run import begin
from pipelines.ingest.time_zone import iana_zone
from pipelines.observability.progress import SilentProgress
from pipelines.settings import ReportingSettings, Settings


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Eastern Standard Time", "America/New_York"),
        ("US Mountain Standard Time", "America/Phoenix"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("Europe/Berlin", "Europe/Berlin"),
        ("UTC", "UTC"),
        ("Middle Earth Standard Time", None),
        ("", None),
    ],
)
def test_names_map_to_iana(name, zone):
    assert iana_zone(name) == zone


def test_a_wrong_zone_is_told_before_anything_is_asked():
    def never(request: httpx.Request) -> httpx.Response:
        raise AssertionError(request.url)

    secret = SecretStr("x")
    credentials = Credentials("acme", secret, secret, secret)
    settings = Settings(reporting=ReportingSettings(time_zone="Nowhere"))
    with (
        ConnectWiseClient(
            credentials, "https://example.test", transport=httpx.MockTransport(never)
        ) as client,
        pytest.raises(SettingsError, match="'Nowhere'"),
    ):
        begin(settings, client, progress=SilentProgress())
