"""Lists are read to their end, once, by each kind of paging."""

import json

import pytest

from pipelines.connectwise import MalformedResponseError, Paging, Query, field
from pipelines.connectwise.events import PageSizeReduced, PagingFellBack
from pipelines.connectwise.pagination import next_target
from tests.support.clients import ids_of
from tests.support.http_server import Asked, Reply, listing

IDS = [7, 3, 11, 40, 22, 5, 90, 61, 8, 77]
PATH = "/time/entries"
THREES = Query(page_size=3)


def read(bench, paging, query=THREES):
    return list(bench.client.iter_pages(PATH, query=query, paging=paging))


def test_forward_only_follows_page_ids_to_the_empty_link(bench):
    bench.server.script(PATH, listing(IDS, support="forward-only"))
    pages = read(bench, Paging.FORWARD_ONLY)
    assert ids_of(pages) == sorted(IDS)
    assert [page.number for page in pages] == [1, 2, 3, 4]
    assert [page.row_count for page in pages] == [3, 3, 3, 1]
    asked = bench.server.calls(PATH)
    assert [a.params.get("pageId") for a in asked] == [None, "7", "22", "77"]
    assert all(a.headers["pagination-type"] == "forward-only" for a in asked)
    assert not any("orderBy" in a.params or "page" in a.params for a in asked)


def test_filters_are_ours_on_every_page(bench):
    bench.server.script(PATH, listing(IDS, support="forward-only"))
    query = Query(page_size=4, conditions=field("billableOption") == "Billable")
    read(bench, Paging.FORWARD_ONLY, query)
    asked = bench.server.calls(PATH)
    assert len(asked) == 3
    sent = {a.params["conditions"] for a in asked}
    assert sent == {'billableOption = "Billable"'}


@pytest.mark.parametrize("support", ["navigable", "none"])
def test_forward_only_falls_back_to_keyset(bench, support):
    bench.server.script(PATH, listing(IDS, support=support))
    assert ids_of(read(bench, Paging.FORWARD_ONLY)) == sorted(IDS)
    assert len(bench.told(PagingFellBack)) == 1
    assert bench.server.calls(PATH)[-1].params["orderBy"] == "id asc"


def test_a_short_list_without_link_is_whole(bench):
    bench.server.script(PATH, listing([1, 2], support="none"))
    assert ids_of(read(bench, Paging.FORWARD_ONLY)) == [1, 2]
    assert len(bench.server.calls(PATH)) == 1


def test_a_link_lost_midway_costs_no_row_and_repeats_none(bench):
    forward = listing(IDS, support="forward-only")
    none = listing(IDS, support="none")
    bench.server.script(PATH, forward, none)
    assert ids_of(read(bench, Paging.FORWARD_ONLY)) == sorted(IDS)


def test_page_numbers_instead_of_page_ids_mean_no_support(bench):
    numbered = Reply(
        [{"id": 3}, {"id": 1}, {"id": 2}],
        headers={"Link": '<http://h/x?pageSize=3&page=2>; rel="next"'},
    )
    bench.server.script(PATH, numbered, listing(IDS, support="none"))
    assert ids_of(read(bench, Paging.FORWARD_ONLY)) == sorted(IDS)


FORECAST = {"id": 40, "forecastItems": [{"id": 1, "revenue": 2.5}]}


def test_one_object_is_a_list_of_one_where_it_is_known_to_come(bench):
    bench.server.script(PATH, Reply(FORECAST))
    (page,) = read(bench, Paging.LIST_OR_OBJECT)
    assert json.loads(page.content) == [FORECAST]
    assert page.row_count == 1
    assert len(bench.server.calls(PATH)) == 1


def test_a_list_is_read_as_ever_where_one_object_may_come(bench):
    bench.server.script(PATH, listing(IDS, support="forward-only"))
    assert ids_of(read(bench, Paging.LIST_OR_OBJECT)) == sorted(IDS)


@pytest.mark.parametrize(
    ("paging", "body"),
    [
        (Paging.FORWARD_ONLY, FORECAST),
        (Paging.LIST_OR_OBJECT, {"code": "Odd", "message": "no record"}),
    ],
)
def test_any_other_object_is_no_list(bench, paging, body):
    bench.server.script(PATH, Reply(body))
    with pytest.raises(MalformedResponseError, match="not a JSON array"):
        read(bench, paging)


@pytest.mark.parametrize("support", ["navigable", "none"])
def test_navigable_follows_page_numbers(bench, support):
    bench.server.script(PATH, listing(IDS, support=support))
    query = Query(page_size=3, order_by="dateEntered desc")
    assert ids_of(read(bench, Paging.NAVIGABLE, query)) == IDS
    asked = bench.server.calls(PATH)
    assert [a.params["page"] for a in asked] == ["1", "2", "3", "4"]
    assert {a.params["orderBy"] for a in asked} == {"dateEntered desc"}
    assert "pagination-type" not in asked[0].headers


@pytest.mark.parametrize("support", ["navigable", "none"])
def test_keyset_goes_by_id(bench, support):
    bench.server.script(PATH, listing(IDS, support=support))
    query = Query(page_size=3, conditions="a = 1 or b = 2", fields=("name",))
    assert ids_of(read(bench, Paging.KEYSET, query)) == sorted(IDS)
    asked = bench.server.calls(PATH)
    assert asked[0].params["conditions"] == "a = 1 or b = 2"
    assert asked[1].params["conditions"] == "(a = 1 or b = 2) and id > 7"
    assert asked[0].params["fields"] == "id,name"


@pytest.mark.parametrize("paging", list(Paging))
@pytest.mark.parametrize("support", ["forward-only", "navigable", "none"])
@pytest.mark.parametrize("size", [1, 2, 5, 9, 10, 11])
def test_every_size_reads_every_row_once(bench, paging, support, size):
    bench.server.script(PATH, listing(IDS, support=support))
    got = ids_of(read(bench, paging, Query(page_size=size)))
    assert sorted(got) == sorted(IDS)


@pytest.mark.parametrize("paging", list(Paging))
def test_an_empty_list_is_one_page_without_rows(bench, paging):
    bench.server.script(PATH, listing([], support="forward-only"))
    [page] = read(bench, paging)
    assert (page.number, page.row_count, page.content) == (1, 0, b"[]")


@pytest.mark.parametrize("paging", list(Paging))
def test_page_bytes_are_handed_on_untouched(bench, paging):
    body = b'[ {"id":1, "x":"\\u0000\xc3\xa9", "n":1.10} ]\n'
    bench.server.script(PATH, Reply(body, headers={"Link": ""}))
    [page] = read(bench, paging)
    assert page.content == body
    assert page.request_id == "rid-1"
    assert page.server_date.isoformat() == "2026-03-31T21:00:00+00:00"


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (rb"cut \ud83d", "cut \ufffd"),
        (rb"\udf89 end, \uD83C\uDF89 whole", "\ufffd end, \U0001f389 whole"),
        (rb"\\ud83d is no escape, \ud83d\ud83d", "\\ud83d is no escape, \ufffd\ufffd"),
    ],
)
def test_text_that_was_cut_inside_an_emoji_does_not_stop_its_page(bench, sent, read):
    bench.server.script(PATH, lambda _: Reply(b'[{"id":1,"name":"%s"}]' % sent))
    (page,) = bench.client.iter_pages(PATH)
    assert json.loads(page.content) == [{"id": 1, "name": read}]


def test_keyset_refuses_rows_out_of_order(bench):
    bench.server.script(PATH, Reply([{"id": 1}, {"id": 3}, {"id": 2}]))
    with pytest.raises(MalformedResponseError, match="order of their id"):
        read(bench, Paging.KEYSET)


def test_keyset_refuses_a_server_that_repeats_itself(bench):
    bench.server.script(PATH, Reply([{"id": 1}, {"id": 2}, {"id": 3}]))
    with pytest.raises(MalformedResponseError, match="order of their id"):
        read(bench, Paging.KEYSET)


def test_keyset_needs_ids(bench):
    bench.server.script(PATH, Reply([{"name": "x"}]))
    with pytest.raises(MalformedResponseError, match="whole-number id"):
        read(bench, Paging.KEYSET)


def test_forward_only_refuses_to_run_in_a_circle(bench):
    stuck = {"Link": '<http://h/x?pageSize=3&pageId=3>; rel="next"'}
    bench.server.script(PATH, Reply([{"id": 3}], headers=stuck))
    with pytest.raises(MalformedResponseError, match="does not move forward"):
        read(bench, Paging.FORWARD_ONLY)


@pytest.mark.parametrize("paging", [Paging.FORWARD_ONLY, Paging.KEYSET])
def test_an_order_has_no_place_where_ids_rule(bench, paging):
    with pytest.raises(ValueError, match="takes no order_by"):
        bench.client.iter_pages(PATH, query=Query(order_by="id desc"), paging=paging)


def overwhelmed_above(limit: int, inner):
    """A server that times out over pages of more than ``limit`` rows."""

    def answer(asked: Asked) -> Reply:
        if int(asked.params["pageSize"]) > limit:
            body = {"code": "ConnectWiseApi", "message": "SQL timeout expired."}
            return Reply(body, status=500)
        return inner(asked)

    return answer


@pytest.mark.parametrize("paging", list(Paging))
def test_a_server_that_times_out_is_asked_for_less(bench, paging):
    ids = list(range(1, 1201))
    inner = listing(ids, support="forward-only")
    bench.server.script(PATH, overwhelmed_above(250, inner))
    pages = read(bench, paging, Query(page_size=1000))
    assert ids_of(pages) == ids
    assert [page.number for page in pages] == [1, 2, 3, 4, 5]
    sizes = [(e.before, e.after) for e in bench.told(PageSizeReduced)]
    assert sizes == [(1000, 500), (500, 250)]
    assert bench.time.slept == [0.5, 0.5]


def test_a_navigable_position_survives_a_smaller_page(bench):
    ids = list(range(1, 1201))
    inner = listing(ids, support="navigable")
    bench.server.script(PATH, inner, overwhelmed_above(200, inner))
    pages = read(bench, Paging.NAVIGABLE, Query(page_size=400))
    assert ids_of(pages) == ids
    assert pages[0].row_count == 400
    assert pages[1].row_count == 100  # No page of 250 begins behind row 400.


def test_after_some_good_pages_more_rows_are_asked_again(bench):
    ids = list(range(1, 4001))
    inner = listing(ids, support="forward-only")
    bench.server.script(PATH, *[overwhelmed_above(250, inner)] * 12, inner)
    pages = read(bench, Paging.FORWARD_ONLY, Query(page_size=1000))
    assert ids_of(pages) == ids
    sizes = [page.row_count for page in pages]
    assert sizes[:5] == [250] * 5
    assert sizes[-1] > 250


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("", None),
        ('<http://h/x?page=1>; rel="first", <http://h/x?page=2>; rel="prev"', None),
        ("<http://h/x?a=1&pageId=9>; rel=next", {"a": 1, "pageid": 9}),
        (
            '<http://h/x?page=4>; rel="last", <http://h/x?page=2>; rel="next"',
            {"page": 2},
        ),
        ('<http://h/x?conditions=a+in+(1,2)&page=3>; rel="next"', {"page": 3}),
    ],
)
def test_links_are_read(link, expected):
    assert next_target(link) == expected


def test_pages_are_read_lazily(bench):
    bench.server.script(PATH, listing(IDS, support="forward-only"))
    pages = bench.client.iter_pages(PATH, query=THREES)
    assert bench.server.asked == []
    assert len(json.loads(next(pages).content)) == 3
    assert len(bench.server.calls(PATH)) == 1
