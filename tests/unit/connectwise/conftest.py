"""A scripted server and a client of it, per test."""

from collections.abc import Iterator

import pytest

from tests.support.clients import Bench, FakeTime, client_of
from tests.support.http_server import scripted_server


@pytest.fixture
def bench() -> Iterator[Bench]:
    with scripted_server() as server:
        time, events = FakeTime(), []
        with client_of(server, time, hooks=[events.append]) as client:
            yield Bench(server, client, time, events)
