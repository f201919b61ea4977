"""What the sandbox says of itself: company info, outside the API, and system info."""

import msgspec

from pipelines.sandbox.options import SandboxOptions
from pipelines.sandbox.store import Store

_DEFAULT_ZONE = "Eastern Standard Time"


def company_info(company: str, options: SandboxOptions) -> bytes:
    """Company info; an unknown company is ``null``."""
    if company.lower() != options.company_id.lower():
        return b"null"
    return msgspec.json.encode(
        {
            "CompanyName": options.company_id,
            "Codebase": options.codebase,
            "VersionCode": f"v{options.api_version}",
            "VersionNumber": f"v{options.api_version}.1",
            "CompanyID": options.company_id,
            "IsCloud": True,
        }
    )


def system_info(store: Store, options: SandboxOptions) -> bytes:
    """What ``/system/info`` answers."""
    return msgspec.json.encode(
        {
            "version": f"v{options.api_version}.1",
            "isCloud": True,
            "serverTimeZone": store.manifest().get("server_time_zone", _DEFAULT_ZONE),
            "licenseBits": [{"name": "ServiceDesk", "activeFlag": True}],
            "cloudRegion": "NA",
        }
    )
