"""Random changes of raw tables, as syncs bring them: for builds that follow changes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from pipelines.warehouse.connection import Connection

_RAW = "connectwise_raw"
_CLOCK = "(select max(as_of) from meta.as_of)"


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """One load: some changes of rows and of set-up, and a clock that moved."""

    connection: Connection
    random: Random

    def apply(self) -> list[str]:
        """Change some tables; what was done, for a test that fails."""
        done = self.random.choices(_OF_ROWS, k=8) + self.random.choices(_OF_SET_UP, k=1)
        # Minutes to the next sync, a night, a week without one.
        self._move_clock(self.random.choice([10, 60, 600, 1500, 10_000]))
        for one in done:
            one(self)
        return [one.__name__ for one in done]

    def pick(self, sql: str, most: int = 6) -> list[int]:
        """Ids that a query names, some of them, always the same for one seed."""
        ids = [
            row[0] for row in self.connection.execute(f"{sql} order by 1").fetchall()
        ]
        return self.random.sample(ids, min(most, len(ids)))

    def of(self, table: str, most: int = 6) -> list[int]:
        """Ids of a raw table."""
        return self.pick(f"select id from {_RAW}.{table}", most)

    def change(self, table: str, ids: list[int], columns: str) -> None:
        """Change rows as a load does: their hash and their time differ."""
        self._run(
            f"update {_RAW}.{table} set {columns}, _synced_at = {_CLOCK}, "
            f"_info__last_updated = {_CLOCK}, _row_hash = md5('{self.random.random()}' "
            f"|| id) where list_contains({ids}, id)"
        )

    def copy(self, table: str, ids: list[int], to: str, columns: str) -> None:
        """Add rows that are like some, but for ``columns``."""
        shared = ", ".join(sorted(self._columns(table) & self._columns(to)))
        self._run(
            f"insert into {_RAW}.{to} by name select * replace ({columns}, "
            f"md5('{self.random.random()}' || id) as _row_hash, "
            f"{_CLOCK} as _synced_at) from (select {shared} from {_RAW}.{table} "
            f"where list_contains({ids}, id))"
        )

    def delete(self, entity: str, ids: list[int]) -> None:
        """Prove that records are gone."""
        for one in ids:
            self._run(
                f"insert into {_RAW}._deletions by name select '{entity}' as entity, "
                f"{one} as id, {_CLOCK} as deleted_at, '-' as _dlt_id, "
                "'-' as _dlt_load_id"
            )

    def restore(self) -> None:
        """Let some deleted records come back."""
        gone = self.pick(f"select id from {_RAW}._deletions where restored_at is null")
        self._run(
            f"update {_RAW}._deletions set restored_at = {_CLOCK} "
            f"where list_contains({gone[:2]}, id)"
        )

    def new_id(self) -> int:
        """An id that no record has."""
        return self.random.randint(10_000_000, 99_000_000)

    def _columns(self, table: str) -> set[str]:
        told = self.connection.execute(f"describe {_RAW}.{table}").fetchall()
        return {name for name, *_ in told}

    def _move_clock(self, minutes: int) -> None:
        delta = f"interval '{timedelta(minutes=minutes).total_seconds()} seconds'"
        self._run(f"update meta.as_of set as_of = as_of + {delta}")

    def _run(self, sql: str) -> None:
        self.connection.execute(sql)


def tickets_are_worked_on(load: ChangeSet) -> None:
    load.change(
        "service_tickets",
        load.of("service_tickets"),
        "minutes_waiting = coalesce(minutes_waiting, 0) + 7, summary = summary || '!'",
    )


def tickets_close_and_open(load: ChangeSet) -> None:
    load.change(
        "service_tickets",
        load.of("service_tickets"),
        f"closed_flag = not coalesce(closed_flag, false), closed_date = {_CLOCK}, "
        f"date_resolved = {_CLOCK}",
    )


def tickets_change_hands(load: ChangeSet) -> None:
    for column in ("board", "status", "priority", "owner", "company", "sla", "contact"):
        name = f"{column}__id"
        found = load.pick(
            f"select distinct {name} from {_RAW}.service_tickets "
            f"where {name} is not null",
            1,
        )
        load.change(
            "service_tickets", load.of("service_tickets", 2), f"{name} = {found[0]}"
        )


def tickets_have_odd_moments(load: ChangeSet) -> None:
    """Some beyond what is plausible until the clock has moved on."""
    for column in ("_info__date_entered", "closed_date", "date_resolved"):
        hours = load.random.choice([-1, 6, 30, 100])
        load.change(
            "service_tickets",
            load.of("service_tickets", 2),
            f"{column} = {_CLOCK} + interval '{hours} hours'",
        )


def tickets_are_bundled_and_merged(load: ChangeSet) -> None:
    parent, *children = load.of("service_tickets", 4)
    load.change("service_tickets", children[:2], f"parent_ticket_id = {parent}")
    load.change("service_tickets", children[2:], f"merged_parent_ticket__id = {parent}")


def tickets_come(load: ChangeSet) -> None:
    load.copy(
        "service_tickets",
        load.of("service_tickets", 3),
        "service_tickets",
        f"id + {load.new_id()} as id, {_CLOCK} as _info__date_entered, "
        "false as closed_flag, cast(null as timestamptz) as closed_date",
    )


def late_tickets_come(load: ChangeSet) -> None:
    """The same contact's, of the same kind, a little before others."""
    load.copy(
        "service_tickets",
        load.of("service_tickets", 3),
        "service_tickets",
        f"id + {load.new_id()} as id, "
        "_info__date_entered - interval 3 days as _info__date_entered",
    )


def tickets_go(load: ChangeSet) -> None:
    load.delete("service_tickets", load.of("service_tickets", 2))


def records_come_back(load: ChangeSet) -> None:
    load.restore()


def tickets_turn_into_project_tickets(load: ChangeSet) -> None:
    known = f"select id from {_RAW}.service_tickets anti join "
    chosen = load.pick(f"{known} {_RAW}.project_tickets using (id)", 2)
    load.copy(
        "service_tickets", chosen, "project_tickets", f"{_CLOCK} as _info__last_updated"
    )


def entries_are_edited(load: ChangeSet) -> None:
    load.change(
        "time_entries",
        load.of("time_entries"),
        "actual_hours = actual_hours + 0.25, time_end = time_end + interval 1 hour",
    )


def entries_move(load: ChangeSet) -> None:
    """To other tickets, members, companies and work types."""
    (ticket,) = load.of("service_tickets", 1)
    (member,) = load.of("members", 1)
    load.change(
        "time_entries",
        load.of("time_entries", 4),
        f"ticket__id = {ticket}, charge_to_id = {ticket}, "
        "charge_to_type = 'ServiceTicket'",
    )
    load.change("time_entries", load.of("time_entries", 3), f"member__id = {member}")


def entries_come(load: ChangeSet) -> None:
    hours = load.random.choice([-3, 5, 40])
    load.copy(
        "time_entries",
        load.of("time_entries", 4),
        "time_entries",
        f"id + {load.new_id()} as id, "
        f"{_CLOCK} + interval '{hours} hours' as time_start, "
        f"{_CLOCK} + interval '{hours + 1} hours' as time_end",
    )


def entries_go(load: ChangeSet) -> None:
    load.delete("time_entries", load.of("time_entries", 3))


def notes_come_and_go(load: ChangeSet) -> None:
    (ticket,) = load.of("service_tickets", 1)
    notes = load.of("service_ticket_notes", 2)
    load.copy(
        "service_ticket_notes",
        notes[:1],
        "service_ticket_notes",
        f"id + {load.new_id()} as id, {ticket} as ticket_id, {ticket} as _parent_id, "
        f"{_CLOCK} + interval 2 hours as date_created",
    )
    load.delete("service_ticket_notes", notes[1:])


def the_log_tells_changes(load: ChangeSet) -> None:
    load.copy(
        "service_ticket_changelogs",
        load.of("service_ticket_changelogs", 3),
        "service_ticket_changelogs",
        f"id + {load.new_id()} as id, "
        "_info__last_updated - interval 30 minutes as _info__last_updated, "
        "not coalesce(closed_flag, false) as closed_flag",
    )


def ratings_change(load: ChangeSet) -> None:
    (ticket,) = load.of("service_tickets", 1)
    load.change("survey_results", load.of("survey_results", 2), f"ticket_id = {ticket}")


def costs_rise(load: ChangeSet) -> None:
    load.change(
        "members", load.of("members", 2), "hourly_cost = '61.5', hourly_rate = 90"
    )


def work_types_change(load: ChangeSet) -> None:
    load.change(
        "work_types",
        load.of("work_types", 1),
        "utilization_flag = not utilization_flag",
    )
    load.change("work_roles", load.of("work_roles", 1), "hourly_rate = 111")


def statuses_change(load: ChangeSet) -> None:
    load.change(
        "board_statuses",
        load.of("board_statuses", 1),
        "closed_status = not coalesce(closed_status, false), name = name || ' 2'",
    )


def slas_change(load: ChangeSet) -> None:
    load.change("sla_priorities", load.of("sla_priorities", 2), "respond_hours = 3")
    load.change("slas", load.of("slas", 1), "based_on = 'AllHours'")


def calendars_change(load: ChangeSet) -> None:
    load.change("calendars", load.of("calendars", 1), "monday_start_time = '10:00:00'")
    load.change("companies", load.of("companies", 2), "calendar__id = null")


def members_keep_another_calendar(load: ChangeSet) -> None:
    (calendar,) = load.of("calendars", 1)
    load.change("members", load.of("members", 99), f"calendar__id = {calendar}")


def boards_and_projects_change(load: ChangeSet) -> None:
    load.change("boards", load.of("boards", 1), "name = 'Internal ' || name")
    load.change("projects", load.of("projects", 2), "billing_method = 'FixedFee'")
    load.change("priorities", load.of("priorities", 1), "sort_order = 100 - sort_order")


def nothing_is_set_up(load: ChangeSet) -> None:
    """Most loads."""


Change = Callable[[ChangeSet], None]

_OF_ROWS: list[Change] = [
    tickets_are_worked_on, tickets_close_and_open, tickets_change_hands,
    tickets_have_odd_moments, tickets_are_bundled_and_merged, tickets_come,
    late_tickets_come, tickets_go, records_come_back, tickets_turn_into_project_tickets,
    entries_are_edited, entries_move, entries_come, entries_go, notes_come_and_go,
    the_log_tells_changes, ratings_change,
]  # fmt: skip
_OF_SET_UP: list[Change] = [
    costs_rise, work_types_change, statuses_change, slas_change, calendars_change,
    members_keep_another_calendar, boards_and_projects_change, *[nothing_is_set_up] * 6,
]  # fmt: skip
