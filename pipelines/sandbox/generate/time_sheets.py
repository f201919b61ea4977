"""Time sheets: one per member and week that has time, with what its entries add up to.

The entries decide which sheets there are; a sheet is open in its week, waits for
approval in the next, and is approved in two tiers after that.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from pipelines.sandbox.generate.calendar import DAY, HOUR, stamp
from pipelines.sandbox.generate.members import Member
from pipelines.sandbox.generate.records import Json, info, ref

_EPOCH = date(1970, 1, 1)


@dataclass(slots=True)
class _Sheet:
    """What is summed up of one member's week."""

    member: Member
    week: int
    hours: float = 0.0
    changed: int = 0


def _week_of(at: int) -> int:
    """Number of the UTC week, which begins on Monday."""
    return (at // DAY + 3) // 7


def sheet_ref(member: Member, at: int) -> Json:
    """Reference to the sheet that holds the member's time of that instant."""
    week = _week_of(at)
    year, period, _ = (_EPOCH + timedelta(days=week * 7 - 3)).isocalendar()
    name = f"{member.identifier} week {period} of {year}"
    return ref(member.id * 10_000 + week, name)


@dataclass(slots=True)
class SheetBook:
    """Adds up entries while they are written."""

    now: int
    _sheets: dict[int, _Sheet] = field(default_factory=dict)

    def add(self, record: Json, member: Member, *, at: int, entered: int) -> None:
        """Count a time entry, worked by the member at that instant."""
        number = record["timeSheet"]["id"]
        sheet = self._sheets.get(number)
        if sheet is None:
            sheet = self._sheets[number] = _Sheet(member, _week_of(at))
        sheet.hours += record["actualHours"]
        sheet.changed = max(sheet.changed, entered)

    def records(self) -> Iterator[Json]:
        """Records of ``/time/sheets``, in order of id."""
        for number in sorted(self._sheets):
            yield self._record(number, self._sheets[number])

    def _record(self, number: int, sheet: _Sheet) -> Json:
        monday = (sheet.week * 7 - 3) * DAY
        year, period, _ = (_EPOCH + timedelta(days=monday // DAY)).isocalendar()
        status, since = self._status(monday)
        return {
            "id": number,
            "member": sheet.member.ref,
            "year": year,
            "period": period,
            "dateStart": stamp(monday),
            "dateEnd": stamp(monday + 6 * DAY),
            "deadline": stamp(monday + 8 * DAY),
            "status": status,
            "hours": round(sheet.hours, 6),
            "_info": info(
                min(self.now, max(sheet.changed, since)), sheet.member.identifier
            ),
        }

    def _status(self, monday: int) -> tuple[str, int]:
        """The status of a week's sheet, and since when it has it."""
        approved = monday + 8 * DAY + 15 * HOUR
        if self.now < monday + 7 * DAY:
            return "Open", 0
        if self.now < approved:
            return "PendingApproval", monday + 7 * DAY
        if self.now < approved + 3 * DAY:
            return "ApprovedByTierOne", approved
        return "ApprovedByTierTwo", approved + 3 * DAY
