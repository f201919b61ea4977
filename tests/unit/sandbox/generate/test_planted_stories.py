"""Every planted story can be measured from the records, as the manifest tells it."""

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from statistics import median

import pytest

from pipelines.sandbox.generate import build_world
from pipelines.sandbox.store import Store

NOW = datetime(2026, 3, 31, 21, tzinfo=UTC)


def moment(text):
    return datetime.fromisoformat(text)


def check_losing_client(story, world):
    company, months = story["who"]["company"], story["when"]
    cost = defaultdict(float)
    for entry in world["/time/entries"]:
        if entry["company"]["id"] == company:
            rate = float(entry.get("hourlyCost", 0))
            cost[entry["timeStart"][:7]] += entry["actualHours"] * rate
    labour = [cost[month[:7]] for month in months]
    fees = [
        agreement["billAmount"]
        for agreement in world["/finance/agreements"]
        if agreement["id"] == story["who"]["agreement"]
    ]
    assert fees == [story["how_much"]["monthly_fee"]]
    assert labour[0] < fees[0]
    assert labour[4] > fees[0]
    assert labour == sorted(labour) or len(world["/time/entries"]) < 1_000
    assert sum(labour[3:]) > sum(labour[:2]) * 1.5


def check_projects(story, world):
    projects = {project["id"]: project for project in world["/project/projects"]}
    over, late, stalled = (
        projects[story["who"][key]]
        for key in ("over_budget", "late_but_cheap", "stalled")
    )
    assert over["actualHours"] / over["budgetHours"] == pytest.approx(1.4)
    assert over["percentComplete"] == 0.6
    assert moment(late["estimatedEnd"]) < NOW
    assert late["actualHours"] < late["budgetHours"] * 0.6
    assert not any(project["closedFlag"] for project in (over, late, stalled))
    last = max(
        moment(entry["timeStart"])
        for entry in world["/time/entries"]
        if entry.get("project", {}).get("id") == stalled["id"]
    )
    assert last < NOW - timedelta(days=90)


def check_habits(story, world):
    lags, hours = defaultdict(list), 0.0
    begin = moment(story["when"]["over_capacity"])
    for entry in world["/time/entries"]:
        member = entry["member"]["id"]
        if "timeEnd" in entry and entry["actualHours"] > 0:
            lag = moment(entry["dateEntered"]) - moment(entry["timeEnd"])
            lags[member].append(lag / timedelta(days=1))
        is_overtime = member == story["who"]["over_capacity"]
        if is_overtime and moment(entry["timeStart"]) >= begin:
            hours += entry["actualHours"]
    late = story["who"]["late"]
    assert 3.5 < median(lags[late]) < 4.5
    others = [lags[who] for who in lags if who != late and len(lags[who]) > 5]
    assert others
    assert all(median(each) < 1 for each in others)
    days = (NOW - begin).days
    workdays = sum(
        (begin + timedelta(days=k)).weekday() < 5 for k in range(1, days + 1)
    )
    assert 1.15 < hours / (workdays * 8) < 1.45
    check_bookings(story, world)


def check_bookings(story, world):
    kept = defaultdict(list)
    for entry in world["/schedule/entries"]:
        if entry["where"]["name"] == "On-Site" and moment(entry["dateEnd"]) < NOW:
            kept[entry["member"]["id"]].append(entry["doneFlag"])
    unkept = kept.pop(story["who"]["unkept"])
    others = [done for each in kept.values() for done in each]
    assert len(unkept) == story["how_much"]["unkept_bookings"]
    assert sum(unkept) / len(unkept) < 0.45
    if len(others) > 5:
        assert sum(others) / len(others) > 0.75


def response_shares(story, world):
    month, tally = story["when"][:7], defaultdict(list)
    for ticket in world["/service/tickets"]:
        if (
            ticket["board"]["id"] == story["who"]["board"]
            and ticket["priority"]["id"] == story["who"]["priority"]
            and "sla" in ticket
            and "mergedParentTicket" not in ticket
        ):
            minutes = ticket["respondMinutes"] + ticket["respondedSkippedMinutes"]
            met = minutes <= ticket["respondedHours"] * 60
            tally[ticket["_info"]["dateEntered"][:7] == month].append(met)
    return {inside: sum(each) / len(each) for inside, each in tally.items()}


def backlog(world, board, day):
    return sum(
        moment(ticket["_info"]["dateEntered"]) <= day
        and ("closedDate" not in ticket or moment(ticket["closedDate"]) > day)
        for ticket in world["/service/tickets"]
        if ticket["board"]["id"] == board
        and not (ticket["closedFlag"] and "closedDate" not in ticket)
    )


def mean_backlog(world, board, *, begin, end):
    days = [begin + timedelta(days=k) for k in range(0, (end - begin).days, 7)]
    return sum(backlog(world, board, day) for day in days) / len(days)


def check_backlog(story, world):
    board, when = story["who"]["board"], story["when"]
    leaves, trained = moment(when["leaves"]), moment(when["trained"])
    recovered = moment(when["recovered"])
    before = mean_backlog(world, board, begin=leaves - timedelta(days=90), end=leaves)
    worst = mean_backlog(world, board, begin=leaves + timedelta(days=45), end=trained)
    after = mean_backlog(
        world, board, begin=recovered, end=recovered + timedelta(days=60)
    )
    assert worst > before * 1.7
    assert after < before * 1.3


def test_the_stories_are_told_in_a_tiny_world(world, manifest):
    stories = manifest["stories"]
    check_losing_client(stories["1"], world)
    check_projects(stories["3"], world)
    check_habits(stories["5"], world)
    shares = response_shares(stories["6"], world)
    assert shares[True] < 0.6 < shares[False]
    leaver, joiner = stories["4"]["who"]["leaver"], stories["4"]["who"]["joiner"]
    members = {member["id"]: member for member in world["/system/members"]}
    assert members[leaver]["inactiveDate"] == stories["4"]["when"]["leaves"]
    assert members[joiner]["hireDate"][:10] == stories["4"]["when"]["joins"][:10]


def test_the_stories_are_told_in_the_world_that_a_first_run_shows(tmp_path):
    path = tmp_path / "small.sqlite"
    build_world(path, profile="small", seed=7, now=NOW)
    with Store(path) as store:
        counts = store.manifest()["counts"]
        stories = store.manifest()["stories"]
        paths = (
            "/service/tickets", "/time/entries", "/project/projects",
            "/finance/agreements", "/schedule/entries",
        )  # fmt: skip
        world = {each: list(store.records(each)) for each in paths}
    path.unlink()
    assert counts["/service/tickets"] + counts["/project/tickets"] == 15_000
    assert counts["/time/entries"] == 25_000
    assert (counts["/company/companies"], counts["/system/members"]) == (60, 12)
    check_losing_client(stories["1"], world)
    check_projects(stories["3"], world)
    check_backlog(stories["4"], world)
    check_habits(stories["5"], world)
    shares = response_shares(stories["6"], world)
    assert shares[True] < 0.5
    assert shares[False] > 0.85
