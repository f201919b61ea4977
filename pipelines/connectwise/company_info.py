"""From what a person types as host to the address of the tenant's API.

A UI host, an API host and a full ``…/apis/3.0`` address all work. Company info, which
needs no keys, names the codebase; a tenant's upgrade changes it, so it is asked again
when the gateway suddenly answers 404.
"""

import ipaddress
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, quote, urlsplit

from pipelines.connectwise.calls import Call
from pipelines.connectwise.errors import CompanyNotFoundError, HostUnreachableError
from pipelines.connectwise.urls import API_ROOT
from pipelines.errors import SettingsError

ROUTER_CODEBASE = "v4_6_release"

_CLOUD_DOMAINS = (".myconnectwise.net", ".connectwisedev.com")
_NO_ADDRESS = "CW_BASE_URL is not an address such as https://na.myconnectwise.net."
_HOST = re.compile(r"[a-z0-9._-]+|[0-9a-f:.]+")
_CODEBASE = re.compile(r"[A-Za-z0-9_.]+")


@dataclass(frozen=True, slots=True)
class Address:
    """Where to sign in, where the API is, and the codebase if it was spelled out."""

    login_origin: str
    api_origin: str
    codebase: str | None
    is_cloud: bool

    def api_url(self, codebase: str) -> str:
        """The root of the API for one codebase."""
        return f"{self.api_origin}/{codebase}{API_ROOT}"


def parse_address(base_url: str) -> Address:
    """Understand a host or address; https is assumed where no scheme stands.

    Raises:
        SettingsError: no host, user info inside, or http to anything but loopback.
    """
    parts, port = _split(base_url)
    host = (parts.hostname or "").lower()
    usable = _HOST.fullmatch(host) and parts.scheme in ("http", "https")
    if not usable or "@" in parts.netloc:
        raise SettingsError(_NO_ADDRESS)
    if parts.scheme == "http" and not is_loopback(host):
        raise SettingsError(
            f"CW_BASE_URL must begin with https, or the keys would travel to {host} "
            "unencrypted."
        )
    return _address(parts.scheme, host, port=port, path=parts.path)


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this machine, as our sandbox is."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def codebase_of(info: Any, *, is_cloud: bool) -> str:
    """The codebase that company info names; on-premises servers have only one.

    ``IsCloud`` was seen as a boolean and as the text "True".
    """
    told = str(info.get("IsCloud")).lower() == "true"
    named = str(info.get("Codebase") or "").strip("/")
    usable = (is_cloud or told) and _CODEBASE.fullmatch(named)
    return named if usable else ROUTER_CODEBASE


class Site:
    """The API's address of one tenant, found once and shared by all threads."""

    def __init__(
        self, address: Address, company_id: str, *, ask: Callable[[str, str], Any]
    ) -> None:
        """``ask`` fetches decoded JSON by (origin, path), without keys."""
        self._address = address
        self._company_id = company_id
        self._ask = ask
        self._lock = threading.Lock()
        self._api_url = address.api_url(address.codebase) if address.codebase else None

    def api_url(self) -> str:
        """The API's root; asks company info the first time.

        Raises:
            CompanyNotFoundError: company info does not know the company.
            HostUnreachableError: nothing there answers as ConnectWise does.
        """
        with self._lock:
            if self._api_url is None:
                self._api_url = self._look_up()
            return self._api_url

    def refresh(self, stale: str) -> str:
        """Ask company info again, unless another thread has done so since ``stale``."""
        with self._lock:
            if self._api_url in (None, stale):
                self._api_url = self._look_up()
            return self._api_url or stale

    def _look_up(self) -> str:
        company = quote(self._company_id, safe="")
        call = Call("GET", f"/login/companyinfo/{company}")
        info = self._ask(self._address.login_origin, call.path)
        if info is None:
            raise CompanyNotFoundError(
                f"ConnectWise knows no company {self._company_id!r} at this host",
                remedy="check CW_COMPANY_ID and CW_BASE_URL",
                call=call,
            )
        if not isinstance(info, dict):
            raise HostUnreachableError(
                "The host does not answer as ConnectWise PSA does",
                remedy="check CW_BASE_URL",
                call=call,
            )
        is_cloud = self._address.is_cloud
        return self._address.api_url(codebase_of(info, is_cloud=is_cloud))


def _address(scheme: str, host: str, *, port: str, path: str) -> Address:
    is_cloud = host.endswith(_CLOUD_DOMAINS)
    ui_host = host.removeprefix("api-") if is_cloud else host
    # The vendor's newer sandbox hosts serve the API under their own name.
    prefixed = is_cloud and not ui_host.startswith("sandbox-")
    api_host = f"api-{ui_host}" if prefixed else ui_host
    codebase, found, _ = path.lstrip("/").partition(API_ROOT)
    return Address(
        login_origin=f"{scheme}://{_bracketed(ui_host)}{port}",
        api_origin=f"{scheme}://{_bracketed(api_host)}{port}",
        codebase=codebase if found and codebase else None,
        is_cloud=is_cloud,
    )


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _split(base_url: str) -> tuple[SplitResult, str]:
    text = base_url.strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise SettingsError(_NO_ADDRESS) from None
    return parts, port
