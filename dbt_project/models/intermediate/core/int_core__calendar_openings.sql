{{ config(materialized='table') }}

-- Each stretch that a calendar is open, in UTC, with the open seconds before it. Laid
-- out per local day, so that a change of daylight saving needs no special case; a
-- holiday takes the day or cuts a part out of it.
with days as (

    select
        zones.calendar_id,
        zones.time_zone,
        days.date_day,
        weekdays.opens_minute,
        weekdays.closes_minute
    from {{ ref('dim_date') }} as days
    inner join {{ ref('int_core__calendar_weekdays') }} as weekdays
        on days.iso_weekday = weekdays.iso_weekday
    inner join {{ ref('int_core__calendar_zones') }} as zones
        on weekdays.calendar_id = zones.calendar_id
    where weekdays.closes_minute > weekdays.opens_minute

),

-- What ends an open stretch: a closure, or the end of the day's hours.
stops as (

    select
        calendar_id,
        date_day,
        starts_minute,
        ends_minute
    from {{ ref('int_core__calendar_closures') }}
    union all
    select
        calendar_id,
        date_day,
        closes_minute,
        closes_minute
    from days

),

stretches as (

    select
        days.*,
        stops.starts_minute as stop_minute,
        max(stops.ends_minute) over (
            partition by days.calendar_id, days.date_day
            order by stops.starts_minute, stops.ends_minute
            rows between unbounded preceding and 1 preceding
        ) as resumed_minute
    from days
    inner join stops
        on days.calendar_id = stops.calendar_id
        and days.date_day = stops.date_day

),

clipped as (

    select
        calendar_id,
        date_day,
        time_zone,
        case
            when resumed_minute > opens_minute then resumed_minute else opens_minute
        end as from_minute,
        case
            when stop_minute < closes_minute then stop_minute else closes_minute
        end as until_minute
    from stretches

),

measured as (

    select
        calendar_id,
        date_day,
        {{ local_moment('date_day', 'from_minute', 'time_zone') }} as opens_at,
        {{ local_moment('date_day', 'until_minute', 'time_zone') }} as closes_at
    from clipped
    where until_minute > from_minute

),

final as (

    select
        *,
        date_diff('second', opens_at, closes_at) as open_seconds,
        cast(coalesce(sum(date_diff('second', opens_at, closes_at)) over (
            partition by calendar_id order by opens_at
            rows between unbounded preceding and 1 preceding
        ), 0) as bigint) as seconds_before
    from measured
    where closes_at > opens_at

)

select * from final
