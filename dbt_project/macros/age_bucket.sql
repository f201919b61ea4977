{# The usual cut of a backlog by age. #}
{% macro age_bucket(days) -%}
    case
        when {{ days }} is null then null
        when {{ days }} <= 7 then '0-7 days'
        when {{ days }} <= 14 then '8-14 days'
        when {{ days }} <= 21 then '15-21 days'
        when {{ days }} <= 29 then '22-29 days'
        else '30+ days'
    end
{%- endmacro %}
