-- Holidays as minutes of the day in the zone of each calendar that keeps them. One
-- without times is the whole day, whatever its flag says.
with holidays as (

    select
        zones.calendar_id,
        holidays.holiday_date,
        holidays.holiday_name,
        case
            when not holidays.is_all_day
                then {{ local_minute('holidays.starts', 'zones.time_zone') }}
        end as starts_minute,
        case
            when not holidays.is_all_day
                then {{ local_minute('holidays.ends', 'zones.time_zone') }}
        end as ends_minute
    from {{ ref('stg_connectwise__holiday') }} as holidays
    inner join {{ ref('int_core__calendar_zones') }} as zones
        on holidays.holiday_list_id = zones.holiday_list_id
    where holidays.holiday_date is not null

),

final as (

    select
        calendar_id,
        holiday_date as date_day,
        holiday_name,
        coalesce(starts_minute, 0) as starts_minute,
        case when ends_minute > coalesce(starts_minute, 0) then ends_minute else 1440
        end as ends_minute
    from holidays

)

select * from final
