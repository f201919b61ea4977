"""What the vendor's documents leave open is a switch, and each setting holds."""

import gzip

import httpx
import pytest

from pipelines.errors import SandboxError
from pipelines.sandbox.options import SWITCHES, SandboxOptions, switches
from pipelines.sandbox.slowness import page_seconds
from tests.support.sandbox import TICKETS, driven_sandbox, ids, small_sandbox

PATH = "/service/tickets"
FORWARD = {"pagination-type": "forward-only"}


def test_an_over_size_page_is_refused_or_clamped(tmp_path):
    with driven_sandbox(tmp_path) as (client, control, _):
        assert client.get(PATH, params={"pageSize": 1001}).status_code == 400
        control.change(large_pages="clamp")
        answer = client.get(PATH, params={"pageSize": 5000})
        assert len(ids(answer)) == TICKETS
        assert client.get(PATH, params={"pageSize": 0}).status_code == 400


def test_order_by_in_forward_only_is_ignored_or_refused(tmp_path):
    ordered = {"orderBy": "id desc", "pageSize": 3}
    with driven_sandbox(tmp_path) as (client, control, _):
        assert ids(client.get(PATH, params=ordered, headers=FORWARD)) == [1, 2, 3]
        control.change(forward_order_by="refuse")
        refused = client.get(PATH, params=ordered, headers=FORWARD)
        assert refused.status_code == 400
        by_id = {**ordered, "orderBy": "id asc"}
        assert ids(client.get(PATH, params=by_id, headers=FORWARD)) == [1, 2, 3]
        assert ids(client.get(PATH, params=ordered)) == [60, 59, 58]


def test_the_default_order_is_by_id_or_shuffled(tmp_path):
    with small_sandbox(tmp_path, default_order="shuffled") as client:
        pages = [
            ids(client.get(PATH, params={"pageSize": 20, "page": page}))
            for page in (1, 2, 3)
        ]
        again = ids(client.get(PATH, params={"pageSize": 20}))
        forward = ids(client.get(PATH, headers=FORWARD))
    seen = [number for page in pages for number in page]
    assert seen != sorted(seen)
    assert sorted(seen) == list(range(1, TICKETS + 1))
    assert again == pages[0]
    assert forward == list(range(1, 26))


def test_bad_keys_are_401_or_404(tmp_path):
    with driven_sandbox(tmp_path) as (client, control, _):
        wrong = ("sandbox+public", "wrong")
        assert client.get(PATH, auth=wrong).status_code == 401
        control.change(bad_keys="404")
        assert client.get(PATH, auth=wrong).status_code == 404
        assert client.get(PATH).status_code == 200


def test_a_forecast_is_a_list_of_one_or_an_object(tmp_path):
    with driven_sandbox(tmp_path) as (client, control, store):
        path = "/sales/opportunities/{parent_id}/forecast"
        store.write(path, [{"id": 9, "forecastItems": [], "_info": {}}], parent_id=3)
        asked = path.replace("{parent_id}", "3")
        listed = client.get(asked).json()
        control.change(forecast="object")
        answer = client.get(asked, headers=FORWARD)
        assert [answer.json()] == listed
        assert "link" not in answer.headers
        assert client.get("/sales/opportunities/4/forecast").json() == []


def test_gzip_is_for_those_who_take_it(tmp_path):
    with small_sandbox(tmp_path, gzip=True) as client:
        plain = client.get(PATH, headers={"accept-encoding": "identity"})
        headers = {"accept-encoding": "gzip, deflate"}
        with client.stream("GET", PATH, headers=headers) as answer:
            raw = b"".join(answer.iter_raw())
    assert "content-encoding" not in plain.headers
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) == len(raw) < len(plain.content)
    assert gzip.decompress(raw) == plain.content


def test_a_page_takes_longer_by_number_size_and_width():
    def seconds(**changes):
        usual = {"page": 1, "page_size": 1000, "matching_rows": 0, "slowness": 2.0}
        return page_seconds(**(usual | changes))

    assert seconds() == pytest.approx(0.02)
    assert seconds(page=50) == pytest.approx(1.0)
    assert seconds(page_size=100) < seconds()
    assert seconds(matching_rows=100_000) == pytest.approx(2.02)
    assert seconds(slowness=0) == 0


def test_a_page_that_would_take_too_long_times_out_at_once(tmp_path):
    slow = {"slowness": 100_000.0, "timeout_seconds": 30.0}
    with driven_sandbox(tmp_path, **slow) as (client, control, _):
        answer = client.get(PATH)
        assert answer.status_code == 500
        assert "timeout" in answer.json()["message"]
        control.change(slowness=0.0001)
        assert client.get(PATH).status_code == 200
        assert client.get(f"{PATH}/count").status_code == 200


def test_percent_is_a_wild_card_or_ignored(tmp_path):
    params = {"conditions": 'summary like "%number 7"'}
    with driven_sandbox(tmp_path) as (client, control, _):
        assert client.get(f"{PATH}/count", params=params).json() == {"count": TICKETS}
        control.change(percent_like=True)
        assert ids(client.get(PATH, params=params)) == [7]


def test_the_version_may_change_while_it_runs(tmp_path):
    with driven_sandbox(tmp_path, api_version="2025.1") as (client, control, _):
        assert "connectWiseId" not in client.get("/service/priorities/4").json()
        control.change(api_version="2026.4")
        answer = client.get("/service/priorities/4")
        assert "connectWiseId" in answer.json()
        assert answer.headers["api-current-version"] == "2026.4"
        root = str(client.base_url).partition("/v4_6")[0]
        info = httpx.get(f"{root}/login/companyinfo/sandbox").json()
        assert info["Codebase"] == "v2026_4/"


def test_the_clock_is_moved_by_hand(tmp_path):
    with driven_sandbox(tmp_path) as (client, control, _):
        control.advance(days=1)
        assert client.get(PATH).headers["date"].startswith("Wed, 01 Apr 2026 21:0")


def test_switches_are_read_from_text():
    texts = ["large-pages=clamp", "gzip", "slowness=0.5"]
    assert switches(texts) == {"large_pages": "clamp", "gzip": True, "slowness": 0.5}
    assert switches(["child-edits-bump-parent=false"]) == {
        "child_edits_bump_parent": False
    }


@pytest.mark.parametrize("text", ["nope", "large-pages=cut", "slowness=fast"])
def test_a_wrong_switch_is_named(text):
    with pytest.raises(SandboxError, match="switch"):
        switches([text])


def test_every_switch_is_an_option():
    assert set(SWITCHES) < set(SandboxOptions.__dataclass_fields__)
