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


def owners_of(world):
    return {a["id"]: a["company"]["id"] for a in world["/finance/agreements"]}


def check_overpayer(story, world):
    """Of the clients served all that year, one pays far more per hour than others."""
    begin, left = story["when"]["from"], story["when"]["left"]
    assert timedelta(0) < NOW - moment(left) < timedelta(days=92)
    hours = defaultdict(float)
    for entry in world["/time/entries"]:
        if begin <= entry["timeStart"] < left:
            hours[entry["company"]["id"]] += entry["actualHours"]
    price = {
        agreement["company"]["id"]: agreement["billAmount"]
        / max(0.1, hours[agreement["company"]["id"]])
        for agreement in world["/finance/agreements"]
        if agreement["type"]["name"] == "Managed Services"
        and "parentAgreement" not in agreement
        and agreement["startDate"] <= begin
        and agreement.get("endDate", "9") >= left
        # The losing client hardly called either, until its story began.
        and agreement["company"]["id"] != story["loser"]
    }
    overpayer = story["who"]["company"]
    dearest, *others = sorted(price, key=price.get, reverse=True)
    assert dearest == overpayer
    assert all(price[overpayer] > price[other] * 1.5 for other in others)
    assert hours[overpayer] == pytest.approx(
        story["how_much"]["hours_of_last_year"], abs=1
    )
    (agreement,) = (
        each
        for each in world["/finance/agreements"]
        if each["id"] == story["who"]["agreement"]
    )
    assert agreement["cancelledFlag"]
    assert agreement["dateCancelled"] == left


def check_licences(story, world):
    company, told = story["who"]["company"], story["how_much"]
    sold = sum(
        line["quantity"]
        for line in world["/finance/agreements/{parent_id}/additions"]
        if line["product"]["identifier"] == story["who"]["product"]
        and line["agreementStatus"] == "Active"
        and world["agreement owners"][line["agreementId"]] == company
    )
    used = sum(
        row["activeFlag"]
        for row in world["/company/configurations"]
        if row["company"]["id"] == company
        and row["type"]["id"] == story["who"]["configuration_type"]
    )
    assert (sold, used) == (told["licences"], told["active_workstations"])
    assert sold / used == pytest.approx(1.2, abs=0.06)


def check_alerts(story, world):
    source, told = story["who"]["source"], story["how_much"]
    noisy = {
        ticket["id"]
        for ticket in world["/service/tickets"]
        if ticket["board"]["id"] == story["who"]["board"]
        and ticket["summary"].startswith(source)
    }
    hours = {True: 0.0, False: 0.0}
    for entry in world["/time/entries"]:
        if "ticket" in entry:
            hours[entry["chargeToId"] in noisy] += entry["actualHours"]
    assert abs(len(noisy) - told["tickets"]) <= 3  # Some summaries are dirty.
    assert hours[True] == pytest.approx(told["hours"], abs=2)
    assert sum(hours.values()) == pytest.approx(told["hours_on_all_tickets"], abs=2)
    return len(noisy), hours[True] / sum(hours.values())


def check_satisfaction(story, world):
    team = {t["id"]: t["team"]["id"] for t in world["/service/tickets"]}
    merged = {t["id"] for t in world["/service/tickets"] if "mergedParentTicket" in t}
    points = defaultdict(list)
    for result in world["/service/surveys/{parent_id}/results"]:
        if result["ticketId"] not in merged:
            is_after = result["_info"]["lastUpdated"] >= story["when"]["felt_from"]
            is_team = team[result["ticketId"]] == story["who"]["team"]
            points[is_team, is_after].append(result["totalPoints"])
    told = story["how_much"]
    for key, name in (((True, True), "team_after"), ((False, False), "others_before")):
        assert len(points[key]) == told[name]["answers"]
        average = sum(points[key]) / max(1, len(points[key]))
        assert average == pytest.approx(told[name]["average_points"], abs=0.006)
    return {key: sum(each) / len(each) for key, each in points.items()}


def check_surveys(manifest, world):
    """About one in eight is answered, mostly with praise, less after a breach."""
    asked = manifest["surveys"]
    assert 0.1 < asked["answered"] / asked["asked"] < 0.14
    tickets = {t["id"]: t for t in world["/service/tickets"]}
    points = defaultdict(list)
    for result in world["/service/surveys/{parent_id}/results"]:
        ticket = tickets[result["ticketId"]]
        points[ticket["isInSla"]].append(result["totalPoints"])
    met, missed = (sum(points[key]) / len(points[key]) for key in (True, False))
    assert met > 8
    assert met > missed + 0.8


def check_visits(story, world):
    """The same engineer comes once a month; how often as booked depends on him."""
    visits = defaultdict(list)
    for booking in world["/schedule/entries"]:
        if booking["name"] == "Monthly site visit" and moment(booking["dateEnd"]) < NOW:
            visits[booking["member"]["id"]].append(booking)
    unkept = visits.pop(story["who"]["unkept"])
    others = [booking["doneFlag"] for each in visits.values() for booking in each]
    assert sum(b["doneFlag"] for b in unkept) / len(unkept) < 0.35
    assert sum(others) / len(others) > 0.75
    tickets = {t["id"]: t["company"]["id"] for t in world["/service/tickets"]}
    months = defaultdict(list)
    for booking in unkept:
        company = tickets[booking["objectId"]]
        months[company].append(booking["dateStart"][:7])
    longest = max(months.values(), key=len)
    assert len(longest) >= 30


def test_the_stories_are_told_in_a_tiny_world(world, manifest):
    stories = manifest["stories"]
    check_losing_client(stories["1"], world)
    check_projects(stories["3"], world)
    check_habits(stories["5"], world)
    shares = response_shares(stories["6"], world)
    assert shares[True] < 0.6 < shares[False]
    leaver, joiner = stories["4"]["who"]["leaver"], stories["4"]["who"]["joiner"]
    check_licences(stories["10"], world | {"agreement owners": owners_of(world)})
    check_satisfaction(stories["15"], world)
    check_alerts(stories["11"], world)
    members = {member["id"]: member for member in world["/system/members"]}
    assert members[leaver]["inactiveDate"] == stories["4"]["when"]["leaves"]
    assert members[joiner]["hireDate"][:10] == stories["4"]["when"]["joins"][:10]


def test_the_stories_are_told_in_the_world_that_a_first_run_shows(tmp_path):
    path = tmp_path / "small.sqlite"
    build_world(path, profile="small", seed=7, now=NOW)
    with Store(path) as store:
        manifest = store.manifest()
        counts, stories = manifest["counts"], manifest["stories"]
        paths = (
            "/service/tickets", "/time/entries", "/project/projects",
            "/finance/agreements", "/schedule/entries", "/company/configurations",
            "/finance/agreements/{parent_id}/additions",
            "/service/surveys/{parent_id}/results",
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
    check_overpayer(stories["2"] | {"loser": stories["1"]["who"]["company"]}, world)
    check_licences(stories["10"], world | {"agreement owners": owners_of(world)})
    noisy, share = check_alerts(stories["11"], world)
    assert 0.28 < noisy / 15_000 < 0.32
    assert 0.02 < share < 0.04
    csat = check_satisfaction(stories["15"], world)
    assert csat[True, True] < csat[True, False] - 1.5
    assert abs(csat[False, True] - csat[False, False]) < 0.4
    check_surveys(manifest, world)
    check_visits(stories["5"], world)
