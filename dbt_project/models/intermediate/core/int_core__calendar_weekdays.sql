{% set weekdays = [
    'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'
] %}

with calendars as (

    select * from {{ ref('stg_connectwise__calendar') }}

),

unpivoted as (

    {% for weekday in weekdays %}
    select
        calendar_id,
        calendar_name,
        {{ loop.index }} as iso_weekday,
        try_cast({{ weekday }}_opens as time) as opens_at,
        try_cast({{ weekday }}_closes as time) as closes_at
    from calendars
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

-- ConnectWise cannot write 24:00; the last minute of a day stands for it.
measured as (

    select
        calendar_id,
        calendar_name,
        iso_weekday,
        date_diff('minute', time '00:00', opens_at) as opens_minute,
        case
            when closes_at >= time '23:59' then 1440
            else date_diff('minute', time '00:00', closes_at)
        end as closes_minute
    from unpivoted
    union all
    -- Calendar 0 is ConnectWise's "all hours", which is no record.
    select
        0,
        'All hours',
        unnest(range(1, 8)),
        0,
        1440

),

final as (

    select
        *,
        cast(
            case
                when closes_minute > opens_minute
                    then (closes_minute - opens_minute) / 60.0
                else 0
            end as decimal(19, 4)
        ) as open_hours
    from measured

)

select * from final
