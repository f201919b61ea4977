"""Windows zone names, which the API gives, and IANA names, which people set."""

import pytest

from pipelines.ingest.time_zone import iana_zone


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
