"""How often things happen in the small world, and what its offices and clients keep."""

from collections import Counter
from datetime import timedelta

import pytest

from pipelines.sandbox.store import Store
from tests.unit.sandbox.generate.conftest import NOW


@pytest.fixture(scope="module")
def small(small_file):
    with Store(small_file) as store:
        yield store


def test_merges_bundles_and_conversions_are_as_rare_as_planned(small):
    kinds = Counter(event.kind for event in small.events())
    tickets = kinds["created"]
    assert tickets == 15_000
    assert 0.02 < kinds["merged"] / tickets < 0.04
    assert 0.007 < kinds["bundled"] / tickets < 0.015
    assert 0.004 < kinds["converted"] / tickets < 0.006


def test_two_companies_were_bought_by_a_client(small):
    companies = {row["id"]: row for row in small.records("/company/companies")}
    bought = [row for row in companies.values() if "parentCompany" in row]
    assert len(bought) == 2
    assert all(row["deletedFlag"] for row in bought)
    (owner,) = {row["parentCompany"]["id"] for row in bought}
    assert not companies[owner]["deletedFlag"]


def test_one_office_has_a_holiday_of_its_own(small):
    path = "/schedule/holidayLists/{parent_id}/holidays"
    days = {}
    for row in small.records(path):
        days.setdefault(row["holidayList"]["name"], set()).add(row["date"])
    (own,) = {day[5:7] for day in days["Mesa holidays"] - days["Firm holidays"]}
    assert own == "03"
    assert days["Firm holidays"] < days["Mesa holidays"]


def test_some_warranty_expires_in_every_month(small):
    ends = Counter(
        row["warrantyExpirationDate"][:7]
        for row in small.records("/company/configurations")
        if row["activeFlag"]
    )
    first = NOW.replace(day=1)
    months = [
        (first + timedelta(days=31 * k)).strftime("%Y-%m") for k in range(-10, 24)
    ]
    assert all(ends[month] >= 10 for month in months)
