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

final as (

    select
        *,
        case
            when closes_at > opens_at
                then cast(
                    date_diff('minute', opens_at, closes_at) / 60.0 as decimal(19, 4)
                )
            else cast(0 as decimal(19, 4))
        end as open_hours
    from unpivoted

)

select * from final
