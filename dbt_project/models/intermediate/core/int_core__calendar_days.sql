{{ config(materialized='table') }}

-- The opening of each calendar on each day, in UTC, and the open seconds before it:
-- two equality joins then give the business time between any two moments, also over a
-- change of daylight saving. Holidays are not known yet.
with clock as (

    select * from {{ ref('int_core__as_of') }}

),

openings as (

    select
        weekdays.calendar_id,
        days.date_day,
        timezone('UTC', timezone(
            clock.reporting_time_zone,
            days.date_day + to_minutes(weekdays.opens_minute)
        )) as opens_at,
        timezone('UTC', timezone(
            clock.reporting_time_zone,
            days.date_day + to_minutes(weekdays.closes_minute)
        )) as closes_at
    from {{ ref('dim_date') }} as days
    cross join clock
    inner join {{ ref('int_core__calendar_weekdays') }} as weekdays
        on days.iso_weekday = weekdays.iso_weekday

),

measured as (

    select
        calendar_id,
        date_day,
        opens_at,
        case
            when closes_at > opens_at then date_diff('second', opens_at, closes_at)
            else 0
        end as open_seconds
    from openings

),

final as (

    select
        *,
        cast(
            sum(open_seconds) over (partition by calendar_id order by date_day)
            - open_seconds as bigint
        ) as seconds_before
    from measured

)

select * from final
