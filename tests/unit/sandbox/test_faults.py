"""Faults on demand hit the request that they name, and no other."""

import json
import time

import pytest

from pipelines.sandbox.control import SandboxControl
from pipelines.sandbox.faults import FaultPlan
from pipelines.sandbox.options import Fault, SandboxOptions
from tests.support.sandbox import small_sandbox

TICKETS = "/service/tickets"


def plan_of(*faults):
    return FaultPlan(SandboxControl(SandboxOptions(faults=faults)))


def hits(fault, count=5):
    plan = plan_of(fault)
    return [plan.next_for(TICKETS) is fault for _ in range(count)]


def test_a_fault_hits_the_nth_request_once():
    assert hits(Fault(TICKETS, "html", nth=2)) == [False, True, False, False, False]


def test_a_fault_may_last():
    assert hits(Fault("/Service/Tickets/", "html", nth=2, times=2))[:4] == [
        False,
        True,
        True,
        False,
    ]
    assert hits(Fault(TICKETS, "html", nth=4, times=None)) == [False] * 3 + [True] * 2


def test_a_star_counts_every_request():
    plan = plan_of(Fault("*", "html", nth=2))
    assert plan.next_for("/time/entries") is None
    assert plan.next_for(TICKETS) is not None


def test_other_paths_are_spared():
    plan = plan_of(Fault("/time/entries", "html", times=None))
    assert plan.next_for(TICKETS) is None


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    kinds = ("html", "truncated", "empty", "timeout", "refused")
    faults = tuple(Fault(TICKETS, kind, nth=n) for n, kind in enumerate(kinds, 1))
    with small_sandbox(tmp_path_factory.mktemp("faults"), faults=faults) as client:
        yield {kind: client.get(TICKETS) for kind in (*kinds, "right")}


def test_html_instead_of_json(answers):
    assert answers["html"].status_code == 502
    assert answers["html"].headers["content-type"].startswith("text/html")


def test_truncated_json(answers):
    assert answers["truncated"].status_code == 200
    assert answers["right"].content.startswith(answers["truncated"].content)
    with pytest.raises(json.JSONDecodeError):
        answers["truncated"].json()


def test_an_empty_body(answers):
    assert (answers["empty"].status_code, answers["empty"].content) == (200, b"")


def test_a_timeout_is_named(answers):
    assert answers["timeout"].status_code == 500
    assert "timeout" in answers["timeout"].json()["message"]


def test_a_refusal(answers):
    assert answers["refused"].status_code == 403
    assert answers["right"].status_code == 200


def test_slow_answers_and_latency_delay_the_right_one(tmp_path):
    slow = (Fault(TICKETS, "slow", seconds=0.1),)
    with small_sandbox(tmp_path, faults=slow, latency_ms=50) as client:
        begin = time.perf_counter()
        answer = client.get(TICKETS)
        assert time.perf_counter() - begin >= 0.15
    assert len(answer.json()) == 25
