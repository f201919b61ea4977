"""Set-up tables below ``/sales`` and ``/project``: stages, statuses, types.

Only facts that never change while the world runs. Opportunities are in ``sales``,
activities in ``activities``, sales orders in ``orders``, projects in ``projects``.
"""

from collections.abc import Iterator, Sequence

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.calendar import DAY, stamp
from pipelines.sandbox.generate.records import Json, connectwise_id, info, ref
from pipelines.sandbox.generate.words import PROJECT_KINDS
from pipelines.sandbox.generate.writer import Writer

_ADMIN = "setup1"

# id, name, probability id (tens of a percent), colour
STAGES = (
    (1, "Prospecting", 1, "#9fb7d4"),
    (2, "Qualification", 3, "#7fa3cc"),
    (3, "Proposal", 5, "#5f8fc4"),
    (4, "Negotiation", 8, "#3f7bbc"),
    (5, "Closed", 10, "#1f67b4"),
)
OPEN, WON, LOST = "open", "won", "lost"
OPPORTUNITY_STATUSES = {OPEN: (1, "Open"), WON: (2, "Won"), LOST: (3, "Lost")}
OPPORTUNITY_TYPES = ("New", "Renewal", "Upsell")
# id, name, points, flags
ACTIVITY_TYPES = (
    (1, "Call", 5, "historyFlag"),
    (2, "Meeting", 20, "historyFlag"),
    (3, "E-mail", 2, "emailFlag"),
    (4, "Quote follow-up", 10, "memoFlag"),
)
ACTIVITY_OPEN, ACTIVITY_CLOSED = ref(1, "Open"), ref(2, "Closed")
ORDER_STATUSES = {
    "open": (1, "Open"), "ordered": (2, "Ordered"), "shipped": (3, "Shipped"),
    "closed": (4, "Closed"), "cancelled": (5, "Cancelled"),
}  # fmt: skip
# key → id, name, closed, indicator
PROJECT_STATUSES = {
    "open": (1, "Open", False, (1, "Green", "On track")),
    "closed": (2, "Closed", True, (3, "Gray", "Done")),
    "stalled": (3, "On-Hold", False, (2, "Yellow", "Waiting")),
}


def probability_ref(number: int) -> Json:
    """Reference to a probability, named by its percent."""
    return ref(number, str(number * 10))


def write_sales_setup(writer: Writer, *, start: int) -> None:
    """Write every table of this module."""
    at = start - 200 * DAY
    tables = {
        "/sales/probabilities": _probabilities(at),
        "/sales/stages": _stages(),
        "/sales/opportunities/statuses": _opportunity_statuses(at),
        "/sales/opportunities/types": _opportunity_types(at),
        "/sales/activities/types": _activity_types(at),
        "/sales/activities/statuses": _activity_statuses(at),
        "/sales/orders/statuses": _order_statuses(at),
        "/project/statuses": _project_statuses(at),
        "/project/projectTypes": _project_types(at),
        "/project/phaseStatuses": _phase_statuses(at),
    }
    for path, records in tables.items():
        writer.add_all(path, records)


def _probabilities(at: int) -> Iterator[Json]:
    for number in range(1, 11):
        percent = number * 10
        yield {"id": number, "probability": percent, "_info": info(at, _ADMIN)}


def _stages() -> Iterator[Json]:
    for number, name, probability, color in STAGES:
        yield {
            "id": number,
            "name": name,
            "sequenceNumber": number,
            "probability": probability_ref(probability),
            "color": color,
            "_info": {},
        }


def _opportunity_statuses(at: int) -> Iterator[Json]:
    for key, (number, name) in OPPORTUNITY_STATUSES.items():
        yield {
            "id": number,
            "name": name,
            "wonFlag": key == WON,
            "lostFlag": key == LOST,
            "closedFlag": key != OPEN,
            "inactiveFlag": False,
            "defaultFlag": key == OPEN,
            "enteredBy": _ADMIN,
            "dateEntered": stamp(at),
            "connectWiseId": connectwise_id(31, number),
            "_info": info(at, _ADMIN),
        }


def _opportunity_types(at: int) -> Iterator[Json]:
    for number, name in enumerate(OPPORTUNITY_TYPES, 1):
        yield {
            "id": number,
            "description": name,
            "inactiveFlag": False,
            "connectWiseId": connectwise_id(32, number),
            "_info": info(at, _ADMIN),
        }


def _activity_types(at: int) -> Iterator[Json]:
    for number, name, points, flag in ACTIVITY_TYPES:
        flags = dict.fromkeys(("emailFlag", "memoFlag", "historyFlag"), False)
        yield {
            "id": number,
            "name": name,
            "points": points,
            "defaultFlag": number == 1,
            "inactiveFlag": False,
            **flags,
            flag: True,
            "connectWiseId": connectwise_id(33, number),
            "_info": info(at, _ADMIN),
        }


def _activity_statuses(at: int) -> Iterator[Json]:
    for status in (ACTIVITY_OPEN, ACTIVITY_CLOSED):
        is_closed = status is ACTIVITY_CLOSED
        yield {
            **status,
            "closedFlag": is_closed,
            "defaultFlag": not is_closed,
            "inactiveFlag": False,
            "spawnFollowupFlag": False,
            "_info": info(at, _ADMIN),
        }


def _order_statuses(at: int) -> Iterator[Json]:
    for key, (number, name) in ORDER_STATUSES.items():
        yield {
            "id": number,
            "name": name,
            "sortOrder": number,
            "closedFlag": key in {"closed", "cancelled"},
            "defaultFlag": key == "open",
            "inactiveFlag": False,
            "emailTemplate": ref(2, "Order confirmation"),
            "_info": info(at, _ADMIN),
        }


def _project_statuses(at: int) -> Iterator[Json]:
    for number, name, is_closed, indicator in PROJECT_STATUSES.values():
        yield {
            **_status(number, name, indicator, is_closed=is_closed),
            "noTimeFlag": is_closed,
            "connectWiseId": connectwise_id(34, number),
            "_info": info(at, _ADMIN),
        }


def _phase_statuses(at: int) -> Iterator[Json]:
    for number, name, is_closed, indicator in PROJECT_STATUSES.values():
        yield {
            **_status(number, name, indicator, is_closed=is_closed),
            "collapsedFlag": is_closed,
            "boardAssociationIds": [firm.PROJECTS],
            "_info": info(at, _ADMIN),
        }


def _status(
    number: int, name: str, indicator: Sequence[object], *, is_closed: bool
) -> Json:
    key, identifier, words = indicator
    return {
        "id": number,
        "name": name,
        "defaultFlag": number == 1,
        "inactiveFlag": False,
        "closedFlag": is_closed,
        "statusIndicator": {"id": key, "identifier": identifier, "name": words},
        "customStatusIndicatorName": words,
    }


def _project_types(at: int) -> Iterator[Json]:
    for number, name in enumerate(PROJECT_KINDS, 1):
        yield {
            "id": number,
            "name": name,
            "defaultFlag": number == 1,
            "inactiveFlag": False,
            "integrationXref": f"PRJ{number}",
            "connectWiseId": connectwise_id(35, number),
            "_info": info(at, _ADMIN),
        }
