"""What every fact and dimension is asked, derived from its columns.

A profile frame has one row of figures about the whole table: volume, freshness, season,
weekdays. A columns frame has one row per column and says in words what is odd in it.
Both are made by one scan in SQL each, so that a new mart is covered without a word
written for it. What only one mart can be asked is in ``suites``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pipelines.quality.rules import Frame, Rule, between

Columns = Sequence[tuple[str, str]]
"""Name and SQL type of each column, in table order."""

# A share of odd rows, in percent, that real tenants have and nobody mends.
TOLERATED_PCT: Final = 1
# Fewer rows than this have no usual volume.
ENOUGH: Final = 50

_NUMBERS: Final = ("bigint", "integer", "double", "decimal")
_LIMITS: Final[Mapping[str, tuple[float, float]]] = {
    "_id": (0, 9e15),
    "_count": (0, 1e9),
    "_pct": (-10_000, 10_000),
    "_hours": (-10_000, 1_000_000),
    "_minutes": (-10_000_000, 100_000_000),
    "_days": (-1e6, 1e9),
    "_amount": (-1e9, 1e9),
}
# Moments that lie ahead by their nature.
_AHEAD: Final = ("goal", "due", "required", "valid_to", "expir", "next", "target")


@dataclass(frozen=True, slots=True)
class Day:
    """The column that says when a row of a fact happened, and how often rows come."""

    column: str
    grain: str

    @property
    def most_days(self) -> int:
        """How old the newest row may be."""
        return {"month": 62, "week": 21, "snapshot": 1}.get(self.grain, 35)

    @property
    def has_seasons(self) -> bool:
        """Rows come day by day or week by week, not as a picture of all."""
        return self.grain in {"day", "week"}


def common_frames(asset: str, columns: Columns) -> tuple[Frame, ...]:
    """The frames of one mart; ``asset`` is ``schema.table``."""
    day = _day_of(asset, columns)
    profile = _fact_profile(asset, day) if day else _dimension_profile(asset, columns)
    odd = _columns_frame(asset, columns)
    return tuple(frame for frame in (profile, odd) if frame is not None)


def _day_of(asset: str, columns: Columns) -> Day | None:
    if not asset.split(".")[1].startswith("fct_"):
        return None
    days = [name for name, kind in columns if kind == "date"]
    if not days:
        return None
    return Day(days[0], _grain_of(f"{asset}.{days[0]}"))


def _grain_of(column: str) -> str:
    words = {"month": "month", "as_of": "month", "snapshot": "snapshot"}
    words |= {"week": "week", "period": "week", "sheet": "week"}
    return next((grain for word, grain in words.items() if word in column), "day")


def _clock() -> str:
    return """clock as (
        select cast(timezone(
            max(reporting_time_zone), max(as_of)
        ) as date) as today from meta.as_of
    )"""


def _fact_profile(asset: str, day: Day) -> Frame:
    sql = f"""
    with {_clock()},
    ages as (
        select
            {day.column} as day,
            date_diff('day', {day.column}, today) as days_ago
        from {asset} cross join clock
        where {day.column} is not null
    ),
    gaps as (
        select max(gap) as longest_gap_days from (
            select lag(days_ago) over (order by days_ago desc) - days_ago as gap
            from (select distinct days_ago from ages where days_ago between 0 and 111)
        )
    ),
    volumes as (
        select
            count(*) as row_count,
            min(days_ago) filter (where days_ago >= 0) as days_since_newest,
            count(*) filter (where days_ago between 0 and 55) as last_weeks,
            count(*) filter (where days_ago between 56 and 223) / 3.0 as usual_weeks,
            count(*) filter (where days_ago between 364 and 419) as year_ago,
            100.0 * count(*) filter (where days_ago < -400) / count(*) as far_ahead_pct,
            {_weekdays()} as busiest_weekday_pct
        from ages
        having count(*) > 0
    )
    select
        *,
        last_weeks / if(usual_weeks >= {ENOUGH}, usual_weeks, null) as volume_ratio,
        last_weeks / if(year_ago >= {ENOUGH}, year_ago, null) as year_ago_ratio
    from volumes cross join gaps
    """  # noqa: S608  # Names of our own models, here and below.
    return Frame("common profile", sql, _fact_rules(day))


def _weekdays() -> str:
    """The share of the busiest weekday in the last 16 weeks, in percent."""
    counts = ", ".join(
        f"count(*) filter (where days_ago between 0 and 111 and isodow(day) = {n})"
        for n in range(1, 8)
    )
    recent = "count(*) filter (where days_ago between 0 and 111)"
    return f"100.0 * list_max([{counts}]) / if({recent} >= {ENOUGH}, {recent}, null)"


def _fact_rules(day: Day) -> tuple[Rule, ...]:
    rules = [
        between("row_count", 1, None, means="The table has rows."),
        between(
            "days_since_newest",
            0,
            day.most_days,
            means=f"The newest {day.column} is at most {day.most_days} days old.",
        ),
        between(
            "far_ahead_pct",
            0,
            TOLERATED_PCT,
            means=f"At most {TOLERATED_PCT} % of rows lie over 400 days ahead.",
        ),
    ]
    return (*rules, *_season_rules(day)) if day.has_seasons else tuple(rules)


def _season_rules(day: Day) -> tuple[Rule, ...]:
    weekly = day.grain == "week"
    return (
        between(
            "volume_ratio",
            0.2,
            5,
            means="The last eight weeks hold 0.2 to 5 times the usual rows.",
        ),
        between(
            "year_ago_ratio",
            0.1,
            10,
            means="The last eight weeks hold 0.1 to 10 times those of a year ago.",
        ),
        between("longest_gap_days", 0, 28, means="No four weeks lie between two days."),
        between(
            "busiest_weekday_pct",
            0,
            100 if weekly else 75,
            means="No weekday holds more than 75 % of the rows.",
        ),
    )


def _dimension_profile(asset: str, columns: Columns) -> Frame:
    names = {name for name, _ in columns}
    named = next((name for name, _ in columns if name.endswith("_name")), None)
    shares = {
        "named_pct": f"count({named})" if named else "count(*)",
        "inferred_pct": "count(*) filter (where is_inferred)"
        if "is_inferred" in names
        else "0",
    }
    figures = ", ".join(
        f"100.0 * {count} / count(*) as {name}" for name, count in shares.items()
    )
    sql = f"""
    select count(*) as row_count, {figures}
    from {asset}
    having count(*) > 0
    """  # noqa: S608
    rules = (
        between("row_count", 1, None, means="The table has rows."),
        between("named_pct", 95, 100, means="At least 95 % of rows have a name."),
        between(
            "inferred_pct",
            0,
            20,
            means="At most 20 % of rows are only known by references to them.",
        ),
    )
    return Frame("common profile", sql, rules)


def _columns_frame(asset: str, columns: Columns) -> Frame | None:
    dated = asset.split(".")[1].startswith("fct_")
    odd = {
        name: odd
        for name, kind in columns
        if (dated or kind != "timestamp") and (odd := _odd(name, kind))
    }
    if not odd:
        return None
    counts = ", ".join(
        f'count(*) filter (where {condition}) as "{name}"'
        for name, condition in odd.items()
    )
    rows = " union all ".join(
        f"""select '{name}' as column_name, "{name}" as odd_count, row_count
        from counted"""  # noqa: S608
        for name in odd
    )
    sql = f"""
    with {_clock()},
    counted as (
        select count(*) as row_count, {counts} from {asset} cross join clock
    ),
    shares as (select *, 100.0 * odd_count / row_count as odd_pct from ({rows}))
    select
        column_name,
        case
            when odd_pct > {TOLERATED_PCT}
                then printf('%s in %.1f %% of rows', column_name, odd_pct)
        end as finding
    from shares
    where row_count > 0
    """  # noqa: S608
    return Frame("common columns", sql, (_NOTHING_ODD,))


_NOTHING_ODD: Final = Rule(
    name="values_plausible",
    means="Numbers, days, moments and names are possible ones in 99 % of rows.",
    expectation="ExpectColumnValuesToBeNull",
    arguments={"column": "finding"},
)


def _odd(name: str, kind: str) -> str:
    """The condition of a row whose value cannot be right; empty if all can."""
    if kind == "date":
        return f"\"{name}\" not between date '1990-01-01' and today + 14610"
    if kind == "timestamp" and not any(word in name for word in _AHEAD):
        return f'"{name}" > today + interval 2 day'
    if kind == "varchar" and name.endswith("_name"):
        return f'"{name}" = \'\' or "{name}" <> trim("{name}")'
    if kind.startswith(_NUMBERS):
        limits = next((_LIMITS[end] for end in _LIMITS if name.endswith(end)), None)
        return f'"{name}" not between {limits[0]} and {limits[1]}' if limits else ""
    return ""
