{# Weekdays (Mon-Fri) by closed form: no calendar join, no day explosion. #}

{# Weekdays before a day, counted from Monday 1900-01-01. #}
{% macro weekdays_before(day) -%}
    (
        (date_diff('day', date '1900-01-01', {{ day }}) // 7) * 5
        + case
            when date_diff('day', date '1900-01-01', {{ day }}) % 7 > 5 then 5
            else date_diff('day', date '1900-01-01', {{ day }}) % 7
        end
    )
{%- endmacro %}

{# Weekdays in [first, last]; null when either is null, 0 when last < first. #}
{% macro weekdays_between(first, last) -%}
    case
        when {{ first }} is null or {{ last }} is null then null
        when {{ last }} < {{ first }} then 0
        else
            {{ weekdays_before('(' ~ last ~ ' + 1)') }}
            - {{ weekdays_before(first) }}
    end
{%- endmacro %}
