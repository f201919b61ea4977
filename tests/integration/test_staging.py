"""Whatever the tiny world holds can be asked for in staging, under one shape."""

from datetime import date
from pathlib import Path

import pytest

from tests.support.mart_world import tiny_warehouse
from tests.support.marts import RawWarehouse

# Notes and tasks of tickets are read for recent tickets only.
MAY_BE_EMPTY = {
    "stg_connectwise__project_ticket_note",
    "stg_connectwise__project_ticket_task",
    "stg_connectwise__service_ticket_note",
    "stg_connectwise__service_ticket_task",
}
SENT_AS_TEXT = [
    ("time_sheet", "start_date"),
    ("time_sheet", "end_date"),
    ("expense_report", "start_date"),
    ("expense_report", "due_date"),
    ("holiday", "holiday_date"),
]


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory, world: Path) -> RawWarehouse:
    return tiny_warehouse(tmp_path_factory, world)


@pytest.fixture(scope="module")
def columns(tiny: RawWarehouse) -> list[tuple[str, str, str]]:
    """Model, column and type of everything in staging."""
    return tiny.query(
        "SELECT table_name, column_name, data_type FROM information_schema.columns "
        "WHERE table_schema = 'staging' AND table_name LIKE 'stg_%'"
    )


def test_every_staging_model_shows_rows(
    tiny: RawWarehouse, columns: list[tuple[str, str, str]]
) -> None:
    models = {model for model, _, _ in columns}
    counts = " UNION ALL ".join(
        f"SELECT '{model}', count(*) FROM staging.{model}" for model in sorted(models)
    )
    empty = {model for model, count in tiny.query(counts) if not count}
    assert empty <= MAY_BE_EMPTY


def test_names_tell_types(columns: list[tuple[str, str, str]]) -> None:
    endings = {
        "_id": "BIGINT",
        "_at": "TIMESTAMP",
        "_date": "DATE",
        "_count": "BIGINT",
        "_hours": "DECIMAL(19,4)",
        "_amount": "DECIMAL(19,4)",
        "_pct": "DECIMAL(19,4)",
    }
    odd = [
        f"{model}.{column} is {kind}"
        for model, column, kind in columns
        for ending, wanted in endings.items()
        if column.endswith(ending) and kind != wanted
    ]
    odd += [
        f"{model}.{column} is {kind}"
        for model, column, kind in columns
        if column.startswith(("is_", "has_")) and kind != "BOOLEAN"
    ]
    assert odd == []


@pytest.mark.parametrize(("model", "column"), SENT_AS_TEXT)
def test_days_that_are_sent_as_text_are_days(
    model: str, column: str, tiny: RawWarehouse
) -> None:
    days = tiny.query(f"SELECT {column} FROM staging.stg_connectwise__{model}")
    assert days
    assert all(isinstance(day, date) for (day,) in days)
