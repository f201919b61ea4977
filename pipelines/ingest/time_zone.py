"""The zone whose days are the reporting days.

ConnectWise names its server's zone as Windows does ("Eastern Standard Time"); CLDR's
table, which Babel carries, gives the IANA name.
"""

from zoneinfo import available_timezones

from babel.core import get_global

from pipelines.connectwise import ConnectWiseClient, NotGrantedError
from pipelines.errors import SettingsError
from pipelines.settings import Settings

FALLBACK = "UTC"


def iana_zone(name: str) -> str | None:
    """The IANA zone of a Windows or IANA name; ``None`` if neither knows it."""
    if name in available_timezones():
        return name
    mapped: str | None = get_global("windows_zone_mapping").get(name)
    return mapped


def configured_time_zone(settings: Settings) -> str | None:
    """The zone that somebody has set, as IANA writes it.

    Raises:
        SettingsError: it is neither an IANA nor a Windows name.
    """
    configured = settings.reporting.time_zone
    if not configured:
        return None
    zone = iana_zone(configured)
    if zone is None:
        raise SettingsError(
            f"CWP_REPORTING__TIME_ZONE is {configured!r}, which is no IANA time "
            "zone; write it like America/New_York."
        )
    return zone


def reporting_time_zone(settings: Settings, client: ConnectWiseClient) -> str:
    """The configured zone, else the tenant's server zone, else UTC.

    Raises:
        SettingsError: the configured zone is unknown.
    """
    if configured := configured_time_zone(settings):
        return configured
    try:
        server = client.get("/system/info").get("serverTimeZone", "")
    except NotGrantedError:
        return FALLBACK
    return iana_zone(server) or FALLBACK
