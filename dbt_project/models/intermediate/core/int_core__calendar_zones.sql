-- The API names no zone of a calendar: the one of the offices that keep it, else the
-- reporting zone. Offices name theirs as Windows does.
with offices as (

    select
        locations.calendar_id,
        mode(zones.iana_name) as iana_name
    from {{ ref('stg_connectwise__location') }} as locations
    inner join {{ ref('windows_time_zone') }} as zones
        on locations.time_zone_name in (zones.windows_name, zones.iana_name)
    where locations.calendar_id is not null
    group by locations.calendar_id

),

final as (

    select
        calendars.calendar_id,
        calendars.calendar_name,
        calendars.holiday_list_id,
        coalesce(offices.iana_name, clock.reporting_time_zone) as time_zone
    from {{ ref('stg_connectwise__calendar') }} as calendars
    cross join {{ ref('int_core__as_of') }} as clock
    left join offices on calendars.calendar_id = offices.calendar_id
    union all
    -- Calendar 0 is ConnectWise's "all hours", which is no record.
    select
        0,
        'All hours',
        null,
        reporting_time_zone
    from {{ ref('int_core__as_of') }}

)

select * from final
