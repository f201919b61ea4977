"""Rows of ``rpt_project_status`` as dbt would make them, for report tests."""

from datetime import date, timedelta
from typing import Any

TODAY = date(2026, 3, 31)
NAMES = (
    "Microsoft 365 migration",
    "Firewall refresh",
    "Server room consolidation",
    "Backup and recovery redesign",
    "Office move",
    "Network segmentation",
    "Endpoint encryption roll-out",
    "Telephony to Teams",
    "Wi-Fi survey and replacement",
    "Windows 11 upgrade",
)
CLIENTS = ("Alder Dental", "Birch Legal", "Cedar Foods", "Dune Logistics", "Elm Clinic")


def project_row(project_id: int = 1, **changes: Any) -> dict[str, Any]:
    """One open green project half-way through; override any column."""
    row = {
        "project_id": project_id,
        "project_name": NAMES[project_id % len(NAMES)],
        "company_name": CLIENTS[project_id % len(CLIENTS)],
        "manager_name": "Robin Hale",
        "project_type_name": "Implementation",
        "status_name": "In progress",
        "is_closed": False,
        "health": "green",
        "health_reasons": None,
        "complete_tickets_pct": 50.0,
        "complete_ticket_count_pct": 45.0,
        "budget_hours": 120.0,
        "actual_hours": 58.5,
        "remaining_hours": 61.5,
        "budget_burn_pct": 48.75,
        "estimate_at_completion_hours": 117.0,
        "cost_performance_index": 1.0256,
        "schedule_performance_index": 0.98,
        "planned_start_date": date(2026, 1, 5),
        "planned_end_date": date(2026, 6, 30),
        "actual_end_date": None,
        "timeline_elapsed_pct": 49.0,
        "late_days": 0,
        "open_tickets_count": 9,
        "stalled_tickets_count": 0,
        "last_activity_date": date(2026, 3, 30),
        "idle_weekdays": 1,
        "last_4_weeks_hours": 21.25,
    }
    return {**row, **changes}


def over_budget_row(project_id: int) -> dict[str, Any]:
    """140% of the budget burned at 60 % complete."""
    return project_row(
        project_id,
        health="red",
        health_reasons="140% of the budget is used; cost performance index is 0.43",
        complete_tickets_pct=60.0,
        actual_hours=168.0,
        remaining_hours=-48.0,
        budget_burn_pct=140.0,
        estimate_at_completion_hours=280.0,
        cost_performance_index=0.43,
        schedule_performance_index=0.95,
    )


def late_row(project_id: int) -> dict[str, Any]:
    """Past its planned end, with most of the budget left."""
    return project_row(
        project_id,
        health="amber",
        health_reasons="6 days past the planned end; schedule performance index is 0.8",
        complete_tickets_pct=80.0,
        actual_hours=70.0,
        remaining_hours=50.0,
        budget_burn_pct=58.33,
        cost_performance_index=1.37,
        schedule_performance_index=0.8,
        planned_end_date=date(2026, 3, 25),
        timeline_elapsed_pct=100.0,
        late_days=6,
    )


def stalled_row(project_id: int) -> dict[str, Any]:
    """Nobody has touched it for weeks."""
    return project_row(
        project_id,
        health="red",
        health_reasons="no activity for 34 weekdays",
        complete_tickets_pct=20.0,
        actual_hours=25.0,
        remaining_hours=95.0,
        budget_burn_pct=20.83,
        cost_performance_index=0.96,
        schedule_performance_index=0.41,
        last_activity_date=date(2026, 2, 11),
        idle_weekdays=34,
        last_4_weeks_hours=0.0,
    )


def no_budget_row(project_id: int) -> dict[str, Any]:
    """Nothing to divide by: every ratio is null, never a huge number."""
    return project_row(
        project_id,
        budget_hours=None,
        remaining_hours=None,
        budget_burn_pct=None,
        estimate_at_completion_hours=None,
        complete_tickets_pct=None,
        cost_performance_index=None,
        schedule_performance_index=None,
        planned_end_date=None,
        timeline_elapsed_pct=None,
        late_days=None,
    )


def closed_row(project_id: int) -> dict[str, Any]:
    """Closed a fortnight ago, on time."""
    return project_row(
        project_id,
        is_closed=True,
        status_name=">Closed",
        complete_tickets_pct=100.0,
        actual_hours=112.0,
        budget_burn_pct=93.33,
        health="amber",
        health_reasons="93.33% of the budget is used",
        actual_end_date=date(2026, 3, 17),
        open_tickets_count=0,
        idle_weekdays=None,
    )


def some_rows() -> list[dict[str, Any]]:
    """Five open projects of every kind and one that was closed."""
    return [
        project_row(1),
        over_budget_row(2),
        late_row(3),
        stalled_row(4),
        no_budget_row(5),
        closed_row(6),
    ]


def many_rows(count: int) -> list[dict[str, Any]]:
    """A portfolio of ``count`` projects with every kind in it."""
    kinds = (
        *(project_row,) * 9,
        over_budget_row,
        late_row,
        stalled_row,
        no_budget_row,
        closed_row,
    )
    rows = []
    for index in range(count):
        row = kinds[index % len(kinds)](index)
        row["project_name"] = f"{row['project_name']} {index + 1}"
        for name in ("cost_performance_index", "schedule_performance_index"):
            if row[name] is not None:
                row[name] = round(row[name] + (index * 37 % 41 - 20) / 100, 2)
        if row["budget_burn_pct"] is not None:
            row["budget_burn_pct"] += index * 17 % 30 - 10
        row["planned_start_date"] = TODAY - timedelta(days=40 + index % 90)
        rows.append(row)
    return rows
