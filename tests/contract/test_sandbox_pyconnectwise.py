"""Somebody else's client reads every entity: pages, counts and parses them."""

import importlib
from functools import reduce
from typing import Any

import pytest
from pyconnectwise.endpoints.base.connectwise_endpoint import ConnectWiseEndpoint
from pyconnectwise.exceptions import AuthenticationFailedException, NotFoundException
from pyconnectwise.responses.paginated_response import PaginatedResponse
from pydantic import BaseModel

from pipelines.sandbox.process import serving
from pipelines.sandbox.routes import ROUTES, route_of
from pipelines.sandbox.store import Store
from tests.support.pyconnectwise_client import PlainClient, plain_client
from tests.support.sandbox import tiny_world

# The client's models are written in a form that pydantic has given up.
pytestmark = pytest.mark.filterwarnings(
    "ignore::pydantic.warnings.PydanticDeprecatedSince20"
)

MOST_PARENTS = 3
# Lists that the client forgot, and its model of their records where it has one.
FORGOTTEN = {
    "/service/SLAs": "SLA",
    "/service/SLAs/{parent_id}/priorities": "SLAPriority",
    "/service/tickets/changelogs": None,
    "/schedule/holidayLists": "HolidayList",
    "/schedule/holidayLists/{parent_id}/holidays": "Holiday",
    "/time/changelogs": None,
    # It takes an answer for an object; the contract says an option's index.
    "/service/surveys/{parent_id}/results": None,
}
# The client has no count of these, or reads it amiss.
UNCOUNTED = {
    *FORGOTTEN,
    "/schedule/calendars",
    "/sales/opportunities/{parent_id}/notes",
}
# Read one by one, they are items to the client, as in the contract.
LISTED_ONLY = {*FORGOTTEN, "/sales/opportunities/{parent_id}/forecast"}


class Plain(BaseModel):
    """Any record."""

    id: int


class Listed(ConnectWiseEndpoint):
    """A list that the client has no endpoint of, read as one of its models."""

    def __init__(self, client: PlainClient, path: str, model: type[Any]) -> None:
        super().__init__(client, path)
        self.model = model

    def paginated(self, page, page_size, params):
        asked = {**params, "page": page, "pageSize": page_size}
        answer = self._make_request("GET", params=asked)
        return PaginatedResponse(answer, self.model, self, page, page_size, asked)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with Store(tiny_world(tmp_path_factory)) as store:
        yield store


@pytest.fixture(scope="module")
def connect(store):
    with serving(store) as endpoint:

        def connect(private_key: str | None = None) -> PlainClient:
            return plain_client(endpoint, private_key=private_key)

        yield connect


@pytest.fixture(scope="module")
def client(connect):
    return connect()


def endpoints_of(client, store: Store, template: str) -> list[tuple[Any, int | None]]:
    """The client's endpoints of a list, with the parent's id."""
    head, _, child = template.partition("/{parent_id}/")
    parents: list[int | None] = [None]
    if child:
        ids = (record["id"] for record in store.records(head))
        parents = [number for number in ids if store.count(template, number)]
        parents = parents[:MOST_PARENTS]
    if template in FORGOTTEN:
        name = FORGOTTEN[template]
        model = getattr(models(), name) if name else Plain
        return [
            (
                Listed(client, template.strip("/").format(parent_id=number), model),
                number,
            )
            for number in parents
        ]
    endpoint = walk(client, head.strip("/").split("/"))
    if not child:
        return [(endpoint, None)]
    return [(walk(endpoint.id(number), [child]), number) for number in parents]


def models() -> Any:
    """Its models, whose import warns of what pydantic has given up."""
    return importlib.import_module("pyconnectwise.models.manage")


def walk(start: Any, names: list[str]) -> Any:
    return reduce(getattr, map(snake, names), start)


def snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)


def count_of(
    endpoint: Any, template: str, *, store: Store, parent_id: int | None
) -> int:
    """The count, where the list has one."""
    route = route_of(template)
    if route is not None and not route.has_count:
        return store.count(template, parent_id)
    if template in UNCOUNTED:
        answer = endpoint._make_request("GET", "count").json()
        return models().Count.model_validate(answer).count
    return endpoint.count.get().count


@pytest.mark.parametrize("template", [route.template for route in ROUTES])
def test_every_entity_is_paged_counted_and_parsed(client, store, template):
    endpoints = endpoints_of(client, store, template)
    assert endpoints
    for endpoint, parent_id in endpoints:
        expected = [record["id"] for record in store.records(template, parent_id)]
        size = max(1, min(1000, len(expected) // 2))
        params = {"orderBy": "id asc", "conditions": "id > 0"}
        parsed = list(endpoint.paginated(1, size, params=params).all())
        assert [record.id for record in parsed] == expected
        counted = count_of(endpoint, template, store=store, parent_id=parent_id)
        assert counted == len(expected)
        if template not in LISTED_ONLY:
            assert endpoint.id(expected[0]).get().id == expected[0]


def test_its_refusals_are_understood(client, connect):
    with pytest.raises(NotFoundException):
        client.service.tickets.id(99_999_999).get()
    with pytest.raises(AuthenticationFailedException):
        connect("wrong").service.tickets.get()


def test_it_reads_system_info(client):
    assert client.system.info.get().is_cloud is True
