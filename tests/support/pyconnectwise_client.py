"""pyconnectwise over plain http: somebody else's client, pointed at the sandbox."""

from pyconnectwise import ConnectWiseManageAPIClient

from pipelines.sandbox.options import Endpoint


class PlainClient(ConnectWiseManageAPIClient):
    """The client over http; its own way is https only."""

    def _get_url(self) -> str:
        return f"http://{self.manage_url}/{self.codebase.strip('/')}/apis/3.0"

    def _try_get_codebase_from_api(self, manage_url, company_name, headers):
        url = f"http://{manage_url}/login/companyinfo/{company_name}"
        return self._make_request("GET", url, headers=headers).json()["Codebase"]


def plain_client(endpoint: Endpoint, *, private_key: str | None = None) -> PlainClient:
    return PlainClient(
        endpoint.company_id,
        endpoint.base_url.removeprefix("http://"),
        endpoint.client_id,
        endpoint.public_key,
        private_key or endpoint.private_key,
    )
