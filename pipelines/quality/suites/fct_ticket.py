"""Tickets: is their number usual, and are their dates and hours plausible?"""

from pipelines.quality.rules import Frame, Suite, between, filled, one_of

ROWS = Frame(
    title="rows",
    sql="""
    with clock as (

        select timezone('UTC', max(as_of)) as as_of_at from meta.as_of

    )

    select
        ticket_id,
        company_id,
        board_id,
        status_id,
        priority_id,
        ticket_kind,
        recorded_actual_hours,
        year(entered_at) as entered_year,
        date_diff('day', clock.as_of_at, entered_at) as entered_days_after_today,
        date_diff('day', clock.as_of_at, recorded_closed_at)
            as closed_days_after_today,
        date_diff('minute', entered_at, recorded_closed_at) as minutes_to_close
    from marts.fct_ticket
    cross join clock
    """,
    rules=(
        between(
            "recorded_actual_hours",
            0,
            500,
            means="A ticket has between 0 and 500 hours.",
        ),
        between("entered_year", 2000, None, means="Tickets are entered after 1999."),
        between(
            "entered_days_after_today",
            None,
            1,
            means="No ticket is entered after the last sync.",
        ),
        between(
            "closed_days_after_today",
            None,
            1,
            means="No ticket is closed after the last sync.",
        ),
        between(
            "minutes_to_close",
            0,
            None,
            mostly=0.999,
            means="At least 99.9 % of tickets are closed after they are entered.",
        ),
        one_of(
            "ticket_kind",
            ("service", "project"),
            means="A ticket belongs to service or to a project.",
        ),
        filled("company_id", 0.99, means="At least 99 % of tickets name a company."),
        filled("board_id", 0.99, means="At least 99 % of tickets name a board."),
        filled("status_id", 0.99, means="At least 99 % of tickets name a status."),
        filled("priority_id", 0.9, means="At least 90 % name a priority."),
    ),
)

PROFILE = Frame(
    title="profile",
    sql="""
    with clock as (

        select timezone('UTC', max(as_of)) as as_of_at from meta.as_of

    ),

    tickets as (

        select
            *,
            date_diff('day', opened_at, clock.as_of_at) as days_ago
        from marts.fct_ticket
        cross join clock

    )

    select
        count(*) filter (where days_ago between 0 and 27)
        / nullif(count(*) filter (where days_ago between 28 and 111) / 4.0, 0)
            as four_week_volume_ratio,
        min(days_ago) filter (where days_ago >= 0) as days_since_last_ticket,
        100.0 * count(*) filter (where not is_closed) / nullif(count(*), 0)
            as open_pct,
        100.0 * count(*) filter (where is_closed and recorded_closed_at is null)
        / nullif(count(*) filter (where is_closed), 0) as closed_without_date_pct,
        quantile_cont(recorded_actual_hours, 0.99) as hours_of_99_pct
    from tickets
    having count(*) > 0
    """,
    rules=(
        between(
            "four_week_volume_ratio",
            0.4,
            2.5,
            means="The last four weeks hold 0.4 to 2.5 times the usual tickets.",
        ),
        between(
            "days_since_last_ticket",
            0,
            5,
            means="A ticket came in within five days of the last sync.",
        ),
        between("open_pct", 0, 60, means="At most 60 % of all tickets are open."),
        between(
            "closed_without_date_pct",
            0,
            2,
            means="At most 2 % of closed tickets lack the day they were closed.",
        ),
        between(
            "hours_of_99_pct", 0, 80, means="99 % of tickets take at most 80 hours."
        ),
    ),
)

SUITE = Suite(asset="marts.fct_ticket", frames=(ROWS, PROFILE))
