{# The week of a day, held inside the weeks of the project it belongs to. #}
{% macro clamp_week(day, bounds) -%}
    case
        when {{ day }} is null or {{ day }} < {{ bounds }}.first_week_date
            then {{ bounds }}.first_week_date
        when {{ day }} >= {{ bounds }}.last_week_date then {{ bounds }}.last_week_date
        else cast(date_trunc('week', {{ day }}) as date)
    end
{%- endmacro %}

{# percentComplete comes as a share or as a percentage: up to 1 it is a share. #}
{% macro complete_pct(reported) -%}
    cast(
        case when {{ reported }} <= 1 then {{ reported }} * 100 else {{ reported }} end
        as decimal(19, 2)
    )
{%- endmacro %}
