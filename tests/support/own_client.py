"""A client of ours for a served sandbox."""

from typing import Any

from pydantic import SecretStr

from pipelines.connectwise import ConnectWiseClient, Credentials
from pipelines.sandbox.options import Endpoint


def client_at(endpoint: Endpoint, **options: Any) -> ConnectWiseClient:
    credentials = Credentials(
        company_id=endpoint.company_id,
        public_key=SecretStr(endpoint.public_key),
        private_key=SecretStr(endpoint.private_key),
        client_id=SecretStr(endpoint.client_id),
    )
    defaults = {"rate_limit_per_minute": None}
    return ConnectWiseClient(credentials, endpoint.base_url, **(defaults | options))
