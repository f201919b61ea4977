"""Faults by name hit a share of reads, by seed, and leave the store's truth alone."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import httpx
import pytest

from pipelines.errors import SandboxError
from pipelines.sandbox.options import Fault, NamedFault, named_fault
from tests.support.sandbox import TICKETS, driven_sandbox, ids, small_sandbox

PATH = "/service/tickets"
EVERY = list(range(1, TICKETS + 1))


def named(*texts):
    return tuple(named_fault(text) for text in texts)


def outcomes(client, count=40):
    return [client.get(PATH).status_code for _ in range(count)]


def test_a_share_of_requests_is_hit_the_same_ones_for_a_seed(tmp_path):
    runs = []
    for number, seed in enumerate((1, 1, 2)):
        options = {"named_faults": named("html=0.3"), "fault_seed": seed}
        with driven_sandbox(tmp_path / str(number), **options) as (client, control, _):
            runs.append(outcomes(client))
            hit = control.faults_injected
        assert hit == {"html": runs[-1].count(502)}
        assert 3 < runs[-1].count(502) < 25
    assert runs[0] == runs[1] != runs[2]


def test_writes_are_spared(tmp_path):
    with small_sandbox(tmp_path, named_faults=named("html=1")) as client:
        assert client.get(PATH).status_code == 502
        body = [{"op": "replace", "path": "budgetHours", "value": 2}]
        assert client.patch(f"{PATH}/1", json=body).status_code != 502


def test_a_reset_cuts_the_connection_in_the_middle(tmp_path):
    with (
        small_sandbox(tmp_path, named_faults=named("reset=1")) as client,
        client.stream("GET", PATH) as answer,
    ):
        parts = answer.iter_raw()
        got = len(next(parts))
        with pytest.raises(httpx.ReadError, match="reset by peer"):
            got += sum(len(part) for part in parts)
    assert answer.status_code == 200
    assert got < int(answer.headers["content-length"])


@pytest.mark.parametrize("name", ["storm", "storm-date", "storm-silent"])
def test_a_storm_hits_ten_in_a_row(tmp_path, name):
    with small_sandbox(tmp_path, named_faults=named(f"{name}=0.4")) as client:
        answers = [client.get(PATH) for _ in range(60)]
    blocks = [
        {answer.status_code for answer in answers[start : start + 10]}
        for start in range(0, 60, 10)
    ]
    assert sorted(map(tuple, blocks), reverse=True)[0] == (429,)
    assert {len(block) for block in blocks} == {1}
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert refused.json()["error"] == "ConnectWiseAPI"
    waits = refused.headers.get("retry-after")
    if name == "storm":
        assert int(waits) == 2
    elif name == "storm-date":
        until, date = map(parsedate_to_datetime, (waits, refused.headers["date"]))
        assert timedelta(0) < until - date <= timedelta(seconds=3)
    else:
        assert waits is None


def test_kinds_of_named_faults_work_by_path_too(tmp_path):
    faults = (Fault(PATH, "storm-silent"), Fault(PATH, "reset", nth=2))
    with driven_sandbox(tmp_path, faults=faults) as (client, control, _):
        assert client.get(PATH).status_code == 429
        with pytest.raises(httpx.TransportError):
            client.get(PATH)
        assert client.get(PATH).status_code == 200
        control.change(faults=(Fault(PATH, "empty"),))
        assert client.get(PATH).content == b""


def test_nulls_get_into_the_text_of_a_share(tmp_path):
    with driven_sandbox(tmp_path, named_faults=named("null-text=0.3")) as driven:
        client, control, store = driven
        texts = {
            record["id"]: record["summary"]
            for record in client.get(f"{PATH}?pageSize=60").json()
        }
        some = next(number for number, text in texts.items() if "\0" in text)
        assert client.get(f"{PATH}/{some}").json()["summary"] == texts[some]
        spoiled = [number for number in texts if "\0" in texts[number]]
        assert 5 < len(spoiled) < 35
        assert control.faults_injected["null-text"] == len(spoiled) + 1
        for record in store.records(PATH):
            assert texts[record["id"]].replace("\0", "") == record["summary"]


def paged(client):
    pages = [client.get(f"{PATH}?pageSize=10&page={n}").json() for n in range(1, 7)]
    return [record["id"] for page in pages for record in page]


def test_rows_repeat_while_paging(tmp_path):
    with small_sandbox(tmp_path, named_faults=named("repeated-rows=1")) as client:
        seen = paged(client)
        headers = {"pagination-type": "forward-only"}
        assert ids(client.get(f"{PATH}?pageSize=60", headers=headers)) == EVERY
    assert len(seen) > len(set(seen))


def test_rows_are_skipped_while_paging(tmp_path):
    with small_sandbox(tmp_path, named_faults=named("skipped-rows=1")) as client:
        seen = paged(client)
        assert client.get(f"{PATH}/count").json() == {"count": TICKETS}
    assert set(seen) < set(EVERY)


def updated(client, number):
    return datetime.fromisoformat(
        client.get(f"{PATH}/{number}").json()["_info"]["lastUpdated"]
    )


def test_late_rows_are_stamped_up_to_15_minutes_back(tmp_path):
    with driven_sandbox(tmp_path, named_faults=named("late-rows=1")) as driven:
        client, control, _ = driven
        for number in range(1, 11):
            note = {"text": "x"}
            client.post(f"{PATH}/{number}/notes", json=note)
        now = control.clock.now()
        ages = [now - updated(client, number) for number in range(1, 11)]
        assert timedelta(0) <= min(ages) < max(ages) <= timedelta(minutes=16)
        assert len(set(ages)) > 5
        before = updated(client, 1)
        client.post(f"{PATH}/1/notes", json={"text": "x"})
        assert before < updated(client, 1) <= datetime.now(UTC)


def test_a_denied_board_takes_its_tickets_along(tmp_path):
    with driven_sandbox(tmp_path) as (client, control, store):
        other = {**store.find(PATH, 5), "board": {"id": 9, "name": "Secret"}}
        store.put(PATH, other)
        control.change(named_faults=named("denied-board=9"))
        assert 5 not in ids(client.get(f"{PATH}?pageSize=60"))
        assert client.get(f"{PATH}/count").json() == {"count": TICKETS - 1}
        for path in (f"{PATH}/5", f"{PATH}/5/notes", "/service/boards/9/statuses"):
            assert client.get(path).status_code == 403
        assert client.get("/service/boards/1/statuses").status_code == 200
        control.change(hidden_record="404")
        assert client.get(f"{PATH}/5").status_code == 404


def test_money_fields_are_hidden(tmp_path):
    with driven_sandbox(tmp_path) as (client, control, store):
        member = {**store.find("/system/members", 1), "hourlyCost": 40.0}
        store.put("/system/members", member)
        assert client.get("/system/members/mia").json()["hourlyCost"] == 40
        control.change(named_faults=named("hidden-fields"))
        assert "hourlyCost" not in client.get("/system/members/mia").json()
        assert "hourlyCost" not in client.get("/system/members").json()[0]


def test_the_date_header_is_off(tmp_path):
    with driven_sandbox(tmp_path, named_faults=named("clock-skew=7200")) as driven:
        client, control, _ = driven
        date = parsedate_to_datetime(client.get(PATH).headers["date"])
        ahead = date - control.clock.now()
    assert timedelta(minutes=119) < ahead <= timedelta(hours=2)


@pytest.mark.parametrize("name", ["shrunken", "shrunken-with-count"])
def test_a_shrunken_answer_loses_rows_without_a_word(tmp_path, name):
    with small_sandbox(tmp_path, named_faults=named(f"{name}=0.3")) as client:
        seen = ids(client.get(f"{PATH}?pageSize=60"))
        count = client.get(f"{PATH}/count").json()["count"]
        assert seen == ids(client.get(f"{PATH}?pageSize=60"))
        assert seen == sorted(paged(client))
    assert TICKETS * 0.4 < len(seen) < TICKETS * 0.9
    assert count == (TICKETS if name == "shrunken" else len(seen))


def test_faults_are_read_from_text():
    assert named_fault("reset=0.5") == NamedFault("reset", 0.5)
    assert named_fault("reset") == NamedFault("reset", 0.05)
    assert named_fault("clock-skew").amount == 300


@pytest.mark.parametrize("text", ["nope", "reset=2", "reset=0", "reset=x", "reset="])
def test_a_wrong_fault_is_named(text):
    with pytest.raises(SandboxError, match=r"fault"):
        named_fault(text)
