{# Business time: positions on a calendar, and the moment that lies a time after one. #}

{# Minutes after midnight of a time of day, sent as hh:mm:ss or as a UTC timestamp. #}
{% macro local_minute(column, zone) -%}
    date_diff(
        'minute', time '00:00',
        case
            when {{ column }} like '____-__-__%'
                then cast(
                    timezone({{ zone }}, try_cast({{ column }} as timestamptz)) as time
                )
            else try_cast({{ column }} as time)
        end
    )
{%- endmacro %}

{# The UTC moment of a local minute of a day. #}
{% macro local_moment(day, minute, zone) -%}
    timezone('UTC', timezone({{ zone }}, {{ day }} + to_minutes({{ minute }})))
{%- endmacro %}

{# Every row of a relation with calendar_id and moment, and the open seconds that its
   calendar has had by then: the difference of two of them is business time. The last
   opening at or before the moment decides; before the first there are none. #}
{% macro with_open_seconds(relation) -%}
    select
        moments.*,
        case
            when moments.calendar_id is null or moments.moment is null then null
            when openings.opens_at is null then 0
            when moments.moment >= openings.closes_at
                then openings.seconds_before + openings.open_seconds
            else
                openings.seconds_before
                + date_diff('second', openings.opens_at, moments.moment)
        end as open_seconds
    from {{ relation }} as moments
    asof left join {{ ref('int_core__calendar_openings') }} as openings
        on moments.calendar_id = openings.calendar_id
        and moments.moment >= openings.opens_at
{%- endmacro %}

{# The inverse: every row of a relation with calendar_id and due_open_seconds, and the
   first moment by which the calendar has had so many open seconds. #}
{% macro with_due_moment(relation) -%}
    select
        targets.*,
        openings.opens_at
        + to_seconds(targets.due_open_seconds - openings.seconds_before) as due_at
    from {{ relation }} as targets
    asof left join {{ ref('int_core__calendar_openings') }} as openings
        on targets.calendar_id = openings.calendar_id
        and targets.due_open_seconds > openings.seconds_before
{%- endmacro %}

{# Joins the latest row of a relation at or before a day, per key, if there is one. #}
{% macro latest_at_or_before(relation, key, day, to, to_day) -%}
    asof left join {{ relation }}
        on {{ to }}.{{ key }} = {{ relation }}.{{ key }}
        and {{ to }}.{{ to_day }} >= {{ relation }}.{{ day }}
{%- endmacro %}
