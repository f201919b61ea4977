with openings as (

    select
        calendar_id,
        date_day,
        min(opens_at) as opens_at,
        max(closes_at) as closes_at,
        sum(open_seconds) as open_seconds
    from {{ ref('int_core__calendar_openings') }}
    group by calendar_id, date_day

),

holidays as (

    select
        calendar_id,
        date_day,
        string_agg(holiday_name, ', ' order by holiday_name) as holiday_name
    from {{ ref('int_core__calendar_closures') }}
    group by calendar_id, date_day

),

days as (

    select
        zones.calendar_id,
        zones.calendar_name,
        zones.time_zone,
        days.date_day,
        openings.opens_at,
        openings.closes_at,
        cast(coalesce(openings.open_seconds, 0) as bigint) as open_seconds,
        holidays.holiday_name
    from {{ ref('int_core__calendar_zones') }} as zones
    cross join {{ ref('dim_date') }} as days
    left join openings
        on zones.calendar_id = openings.calendar_id
        and days.date_day = openings.date_day
    left join holidays
        on zones.calendar_id = holidays.calendar_id
        and days.date_day = holidays.date_day

),

final as (

    select
        -- keys
        calendar_id,
        date_day,
        -- attributes
        calendar_name,
        time_zone,
        holiday_name,
        -- times
        opens_at,
        closes_at,
        -- flags
        open_seconds > 0 as is_open,
        holiday_name is not null as is_holiday,
        -- measures
        open_seconds,
        cast(open_seconds / 3600.0 as decimal(19, 4)) as open_hours,
        cast(sum(open_seconds) over (
            partition by calendar_id order by date_day
        ) - open_seconds as bigint) as seconds_before
    from days

)

select * from final
