"""What a record may hold, and the exact words when it may not."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from pipelines.connectwise.entities import ENTITIES
from pipelines.connectwise.models.service.ticket import ServiceTicket
from pipelines.connectwise.models.time.entry import TimeEntry


def ticket(**fields: Any) -> ServiceTicket:
    return ServiceTicket.model_validate_json(json.dumps({"id": 1, **fields}))


def refusal(**fields: Any) -> tuple[tuple[int | str, ...], str]:
    with pytest.raises(ValidationError) as caught:
        ticket(**fields)
    (error,) = caught.value.errors()
    return error["loc"], error["msg"]


@pytest.mark.parametrize("entity", ENTITIES.values(), ids=lambda entity: entity.name)
def test_a_record_needs_nothing_but_its_id(entity: Any) -> None:
    assert entity.model.model_validate_json('{"id": 7}').id == 7


def test_a_record_without_id_is_refused() -> None:
    with pytest.raises(ValidationError, match="Field required"):
        ServiceTicket.model_validate_json('{"summary": "no key"}')


def test_fields_answer_to_their_column_names() -> None:
    record = ticket(escalationStartDateUTC="2022-07-04T13:00:00Z", budgetHours=4)
    assert record.escalation_start_date_utc == datetime(2022, 7, 4, 13, tzinfo=UTC)
    assert record.budget_hours == 4.0


def test_references_nest_with_what_they_carry() -> None:
    record = ticket(
        status={"id": 16, "name": "New", "Sort": 3},
        company={"id": 2, "identifier": "Acme", "_info": {"mobileGuid": "g"}},
    )
    assert record.status is not None
    assert record.status.sort == 3
    assert record.company is not None
    assert record.company.info is not None
    assert record.company.info.mobile_guid == "g"


def test_unknown_fields_are_kept() -> None:
    record = ticket(brandNew={"a": [1]}, board={"id": 1, "colour": "red"})
    assert record.model_extra == {"brandNew": {"a": [1]}}
    assert record.board is not None
    assert record.board.model_extra == {"colour": "red"}


def test_unknown_enum_members_pass() -> None:
    assert ticket(severity="Apocalyptic").severity == "Apocalyptic"


def test_explicit_nulls_pass() -> None:
    assert ticket(closedDate=None, board=None, customFields=None).board is None


def test_text_may_be_longer_than_documented() -> None:
    assert len(ticket(automaticEmailCc="x" * 5000).automatic_email_cc or "") == 5000


@pytest.mark.parametrize("value", ["text", 1.5, 3, True, None])
def test_custom_fields_take_any_scalar(value: Any) -> None:
    record = ticket(customFields=[{"id": 1, "caption": "Tier", "value": value}])
    assert record.custom_fields is not None
    assert record.custom_fields[0].value == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-01-31T08:00:00Z", datetime(2024, 1, 31, 8, tzinfo=UTC)),
        ("2024-01-31T08:00:00", datetime(2024, 1, 31, 8, tzinfo=UTC)),
        ("2024-01-31T08:00:00-05:00", datetime(2024, 1, 31, 13, tzinfo=UTC)),
        ("2024-01-31", datetime(2024, 1, 31, tzinfo=UTC)),
        ("1900-01-01T00:00:00Z", datetime(1900, 1, 1, tzinfo=UTC)),
    ],
)
def test_timestamps_are_utc(text: str, expected: datetime) -> None:
    record = ticket(closedDate=text)
    assert record.closed_date == expected
    assert record.closed_date.utcoffset() == expected.utcoffset()


@pytest.mark.parametrize("key", [0, -1])
def test_a_key_is_positive(key: int) -> None:
    with pytest.raises(ValidationError, match="greater than 0"):
        ServiceTicket.model_validate({"id": key})


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("budgetHours", "4", "valid number"),
        ("budgetHours", float("nan"), "finite number"),
        ("budgetHours", float("inf"), "finite number"),
        ("respondMinutes", "4", "valid integer"),
        ("respondMinutes", 4.5, "valid integer"),
        ("respondMinutes", 2**63, "less than"),
        ("closedFlag", "true", "valid boolean"),
        ("summary", 5, "valid string"),
        ("closedDate", 1700000000, "timestamp must be text"),
        ("closedDate", "1700000000", "timestamp must be text"),
        ("closedDate", "31-31-2024", "valid datetime"),
        ("closedDate", "2024-01-31T18: 04: 26Z", "valid datetime"),
    ],
)
def test_what_does_not_fit_is_named(field: str, value: Any, reason: str) -> None:
    place, message = refusal(**{field: value})
    assert place == (field,)
    assert reason in message


def test_a_misfit_inside_a_reference_is_named_with_its_path() -> None:
    place, _ = refusal(board={"id": "one"})
    assert place == ("board", "id")


def test_time_entries_know_what_they_are_booked_on() -> None:
    entry = TimeEntry.model_validate(
        {"id": 1, "_info": {"chargeToMobileGuid": "g", "updatedBy": "ann"}}
    )
    assert entry.info is not None
    assert (entry.info.charge_to_mobile_guid, entry.info.updated_by) == ("g", "ann")
