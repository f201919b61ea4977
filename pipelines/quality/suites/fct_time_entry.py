"""Time entries: are hours plausible, recent, and charged to something known?"""

from pipelines.quality.rules import Frame, Suite, between, filled, one_of

CHARGE_TYPES = ("ServiceTicket", "ProjectTicket", "ChargeCode", "Activity")
BILLABLE_OPTIONS = ("Billable", "DoNotBill", "NoCharge", "NoDefault")
APPROVAL_STATES = ("unapproved", "approved", "billed", "written off")

ROWS = Frame(
    title="rows",
    sql="""
    with clock as (

        select timezone('UTC', max(as_of)) as as_of_at from meta.as_of

    )

    select
        time_entry_id,
        member_id,
        company_id,
        work_type_id,
        actual_hours,
        billed_hours,
        charge_to_type,
        billable_option,
        approval_state,
        hourly_rate_amount,
        year(work_date) as work_year,
        date_diff('day', clock.as_of_at, work_date) as days_after_today,
        date_diff('minute', started_at, ended_at) as duration_minutes,
        entry_lag_minutes / 1440.0 as entry_lag_days
    from marts.fct_time_entry
    cross join clock
    """,
    rules=(
        between(
            "actual_hours", 0, 24, means="An entry has between 0 and 24 actual hours."
        ),
        between(
            "billed_hours", 0, 24, means="An entry has between 0 and 24 billed hours."
        ),
        between("work_year", 2000, None, means="Work lies in the year 2000 or later."),
        between(
            "days_after_today",
            None,
            366,
            means="Work lies at most a year ahead of the last sync.",
        ),
        between(
            "duration_minutes",
            0,
            24 * 60,
            means="An entry ends after it starts, within a day.",
        ),
        between(
            "entry_lag_days",
            -1,
            60,
            mostly=0.99,
            means="At least 99 % of entries are written within 60 days of the work.",
        ),
        between(
            "hourly_rate_amount",
            0,
            1000,
            mostly=0.999,
            means="Hourly rates lie between 0 and 1,000.",
        ),
        one_of(
            "charge_to_type",
            CHARGE_TYPES,
            means="Every entry is charged to a ticket, charge code or activity.",
        ),
        one_of(
            "billable_option",
            BILLABLE_OPTIONS,
            means="Every billable option is one that ConnectWise knows.",
        ),
        one_of(
            "approval_state",
            APPROVAL_STATES,
            means="Every approval state is one that reports know.",
        ),
        filled("member_id", 0.999, means="Entries name their member."),
        filled("company_id", 0.99, means="At least 99 % of entries name a company."),
        filled("work_type_id", 0.95, means="At least 95 % name a work type."),
    ),
)

PROFILE = Frame(
    title="profile",
    sql="""
    with clock as (

        select timezone('UTC', max(as_of)) as as_of_at from meta.as_of

    ),

    entries as (

        select
            *,
            date_diff('day', work_date, clock.as_of_at) as days_ago
        from marts.fct_time_entry
        cross join clock

    )

    select
        count(*) filter (where days_ago between 0 and 27)
        / nullif(count(*) filter (where days_ago between 28 and 111) / 4.0, 0)
            as four_week_volume_ratio,
        min(days_ago) filter (where days_ago >= 0) as days_since_last_work,
        sum(actual_hours) / nullif(count(*), 0) as average_hours,
        100.0 * count(*) filter (where has_doubtful_hours) / nullif(count(*), 0)
            as doubtful_hours_pct,
        100.0 * count(*) filter (where billable_option = 'Billable')
        / nullif(count(*), 0) as billable_pct
    from entries
    having count(*) > 0
    """,
    rules=(
        between(
            "four_week_volume_ratio",
            0.4,
            2.5,
            means="The last four weeks hold 0.4 to 2.5 times the usual entries.",
        ),
        between(
            "days_since_last_work",
            0,
            5,
            means="Somebody worked within five days of the last sync.",
        ),
        between("average_hours", 0.1, 8, means="An average entry has 0.1 to 8 hours."),
        between(
            "doubtful_hours_pct", 0, 1, means="At most 1 % of entries are doubtful."
        ),
        between("billable_pct", 5, 100, means="At least 5 % of entries are billable."),
    ),
)

SUITE = Suite(asset="marts.fct_time_entry", frames=(ROWS, PROFILE))
