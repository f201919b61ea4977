{{ config(materialized='table') }}

-- What the clock says of an entry: how much of it lay outside the hours that the
-- member's calendar is open, and how much while the member was on an earlier entry.
-- Only entries with a start and an end no more than a day apart are looked at.
with timed as (

    select
        entries.time_entry_id,
        entries.member_id,
        members.working_calendar_id as calendar_id,
        entries.started_at,
        entries.ended_at,
        {{ dbt.datediff('entries.started_at', 'entries.ended_at', 'second') }}
            as clock_seconds
    from {{ ref('stg_connectwise__time_entry') }} as entries
    left join {{ ref('int_core__members') }} as members
        on entries.member_id = members.member_id
    where
        entries.ended_at > entries.started_at
        and {{ dbt.datediff('entries.started_at', 'entries.ended_at', 'second') }}
        <= 86400

),

-- Until when the member was busy with what began earlier.
overlapped as (

    select
        *,
        max(ended_at) over (
            partition by member_id
            order by started_at, ended_at desc, time_entry_id
            rows between unbounded preceding and 1 preceding
        ) as busy_until
    from timed

),

moments as (

    select
        time_entry_id,
        calendar_id,
        started_at as moment
    from timed
    union all
    select
        time_entry_id,
        calendar_id,
        ended_at
    from timed

),

positions as (

    {{ with_open_seconds('moments') }}

),

opened as (

    select
        time_entry_id,
        max(open_seconds) - min(open_seconds) as open_seconds
    from positions
    group by time_entry_id

),

final as (

    select
        overlapped.time_entry_id,
        overlapped.clock_seconds,
        overlapped.clock_seconds - opened.open_seconds as after_hours_seconds,
        case
            when overlapped.member_id is null then null
            when overlapped.busy_until >= overlapped.ended_at
                then overlapped.clock_seconds
            when overlapped.busy_until > overlapped.started_at
                then {{ dbt.datediff(
                    'overlapped.started_at', 'overlapped.busy_until', 'second'
                ) }}
            else 0
        end as overlap_seconds
    from overlapped
    inner join opened on overlapped.time_entry_id = opened.time_entry_id

)

select * from final
