{# The week of a day, held inside the weeks of the project it belongs to. #}
{% macro clamp_week(day, bounds) -%}
    case
        when {{ day }} is null or {{ day }} < {{ bounds }}.first_week_date
            then {{ bounds }}.first_week_date
        when {{ day }} >= {{ bounds }}.last_week_date then {{ bounds }}.last_week_date
        else cast(date_trunc('week', {{ day }}) as date)
    end
{%- endmacro %}

{# ConnectWise's percentComplete is a ratio. #}
{% macro complete_pct(ratio) -%}
    cast({{ ratio }} * 100 as decimal(19, 2))
{%- endmacro %}
