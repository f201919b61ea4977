"""What one build by dbt told the database, told again: builds without dbt's own time.

dbt writes every statement into its log. A build that follows changes has the same ones
each time, whatever rows there are, so that it can be repeated on other rows at the cost
of its SQL alone.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipelines.settings import Settings
from pipelines.warehouse.connection import connect
from tests.support.parsed_dbt import run_parsed_dbt

_LOGGED = ("--log-level-file", "debug", "--log-format-file", "json", "--threads", "1")
_CHANGING = ("create", "insert", "update", "delete", "alter", "drop")


def recorded_build(settings: Settings, arguments: Sequence[str]) -> list[str]:
    """Run dbt, and return what it executed that changes something, in order."""
    log = settings.warehouse.dbt_target_dir / "logs" / "dbt.log"
    log.unlink(missing_ok=True)
    run_parsed_dbt(settings, [*arguments, *_LOGGED])
    return list(_statements(log))


def replay(settings: Settings, statements: Sequence[str]) -> None:
    """Build again; temporary tables go with the connection."""
    with connect(settings.warehouse.build_file, read_only=False) as connection:
        for sql in statements:
            connection.execute(sql)


def _statements(log: Path) -> Iterator[str]:
    for line in log.read_text("utf-8").splitlines():
        event = json.loads(line)
        if event["info"]["name"] != "SQLQuery":
            continue
        sql = event["data"]["sql"].partition("*/")[2] or event["data"]["sql"]
        if sql.split(maxsplit=1)[0].lower() in _CHANGING:
            yield sql
