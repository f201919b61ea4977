"""Long lists cut into ranges and spans: nothing is lost, little is asked twice."""

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from pipelines.connectwise.parallel import ParallelReader
from pipelines.connectwise.ranges import IdRange, id_ranges, time_spans
from pipelines.sandbox.options import Endpoint
from pipelines.sandbox.process import serving
from pipelines.sandbox.store import Store
from tests.support.own_client import client_at
from tests.support.sandbox import ticket

PATH = "/service/tickets"
FROM, UNTIL = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 31, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lowest", "highest", "pieces"), [(1, 100, 4), (5, 5, 3), (7, 1000, 8), (1, 3, 9)]
)
def test_ranges_hold_every_id_once_and_end_open(lowest, highest, pieces):
    ranges = id_ranges(lowest, highest, pieces=pieces)
    assert len(ranges) <= pieces
    assert ranges[0].up_to is None
    for number in (1, lowest, (lowest + highest) // 2, highest, highest + 10):
        assert sum(holds(one, number) for one in ranges) == 1


def holds(one: IdRange, number: int) -> bool:
    return one.after < number and (one.up_to is None or number <= one.up_to)


def test_spans_touch_and_reach_from_end_to_end():
    spans = time_spans(FROM, UNTIL + timedelta(microseconds=5), pieces=7)
    assert spans[0][0] == FROM
    assert spans[-1][1] == UNTIL + timedelta(microseconds=5)
    assert all(a[1] == b[0] for a, b in pairwise(spans))


@pytest.fixture
def endpoint(tmp_path):
    with Store.create(tmp_path / "world.sqlite") as store:
        bare = {"_info": {}}
        store.write(
            PATH, (ticket(n, **(bare if n % 50 == 0 else {})) for n in range(1, 301))
        )
        with serving(store) as one:
            yield one


def read(endpoint: Endpoint, how, *, page_size=10):
    asked = []
    with client_at(endpoint, hooks=[asked.append], page_size=page_size) as client:
        reader = ParallelReader(client, PATH, workers=4)
        pages = list(how(reader))
    return pages, [row["id"] for page in pages for row in json.loads(page.content)]


def test_a_whole_list_has_also_records_without_a_date(endpoint):
    pages, ids = read(endpoint, ParallelReader.whole)
    assert sorted(ids) == list(range(1, 301))
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))
    assert len(pages) > 4


def test_a_short_list_is_read_in_one_piece(endpoint):
    pages, ids = read(endpoint, ParallelReader.whole, page_size=100)
    assert ids == list(range(1, 301))
    assert len(pages) == 3


def test_a_wide_window_is_sliced_and_loses_nothing(endpoint):
    pages, ids = read(endpoint, lambda reader: reader.window(FROM, UNTIL))
    assert set(ids) == {n for n in range(1, 301) if n % 50}
    assert [page.number for page in pages] == list(range(1, len(pages) + 1))


def test_a_window_that_fits_a_page_costs_one_request(endpoint):
    pages, ids = read(endpoint, lambda reader: reader.window(FROM, FROM))
    assert (len(pages), ids) == (1, [])
