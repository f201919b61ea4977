{{ config(materialized='table') }}

-- What each person has to give on each day of employment, four weeks ahead included:
-- the daily capacity, else the hours of the calendar, on days when that is open. Hours
-- that a holiday takes are told apart, they were never lost by anybody's choice.
with clock as (

    select * from {{ ref('int_core__as_of') }}

),

filed as (

    select
        member_id,
        snapshot_date,
        daily_capacity_hours
    from {{ ref('member_cost_daily') }}
    where daily_capacity_hours is not null

),

first_filed as (

    select
        member_id,
        arg_min(daily_capacity_hours, snapshot_date) as daily_capacity_hours
    from filed
    group by member_id

),

employed as (

    select
        employments.member_id,
        employments.first_date,
        case
            when employments.last_date >= clock.as_of_date
                then {{ dbt.dateadd('day', 28, 'clock.as_of_date') }}
            else employments.last_date
        end as last_date,
        members.working_calendar_id,
        coalesce(
            first_filed.daily_capacity_hours, members.daily_capacity_hours
        ) as earliest_capacity_hours,
        members.is_in_utilisation_reporting
    from {{ ref('int_time__employments') }} as employments
    cross join clock
    inner join {{ ref('int_core__members') }} as members
        on employments.member_id = members.member_id
    left join first_filed on employments.member_id = first_filed.member_id

),

days as (

    select
        employed.*,
        days.date_day as work_date,
        days.is_weekday,
        days.is_future,
        {{ weekdays_between(
            'days.year_start_date',
            'cast(' ~ dbt.dateadd('year', 1, 'days.year_start_date') ~ ' as date) - 1'
        ) }} as year_weekdays,
        weekdays.open_hours as usual_hours,
        calendars.open_hours
    from employed
    inner join {{ ref('dim_date') }} as days
        on days.date_day between employed.first_date and employed.last_date
    left join {{ ref('int_core__calendar_weekdays') }} as weekdays
        on employed.working_calendar_id = weekdays.calendar_id
        and days.iso_weekday = weekdays.iso_weekday
    left join {{ ref('dim_calendar_day') }} as calendars
        on employed.working_calendar_id = calendars.calendar_id
        and days.date_day = calendars.date_day

),

-- A capacity of zero is none: the calendar's hours count then.
capacities as (

    select
        days.*,
        nullif(
            coalesce(filed.daily_capacity_hours, days.earliest_capacity_hours), 0
        ) as daily_capacity_hours
    from days
    {{ latest_at_or_before(
        'filed', 'member_id', 'snapshot_date', 'days', 'work_date'
    ) }}

),

given as (

    select
        *,
        case
            when usual_hours is null and not is_weekday then 0
            when usual_hours is null then coalesce(daily_capacity_hours, 8)
            when usual_hours <= 0 then 0
            else coalesce(daily_capacity_hours, usual_hours)
        end as available_hours
    from capacities

),

final as (

    select
        member_id,
        work_date,
        is_future,
        is_in_utilisation_reporting,
        cast(available_hours as decimal(19, 4)) as available_hours,
        cast(
            case
                when usual_hours > 0 and open_hours < usual_hours
                    then available_hours * (usual_hours - open_hours) / usual_hours
                else 0
            end as decimal(19, 4)
        ) as holiday_hours,
        cast(
            case
                when is_weekday
                    then 1.0 * {{ var('standard_hours_a_year') }} / year_weekdays
                else 0
            end as decimal(19, 8)
        ) as standard_hours
    from given

)

select * from final
