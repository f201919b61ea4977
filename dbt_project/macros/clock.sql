{# "Today" and the reporting zone come from meta.as_of alone. #}

{% macro as_of_date() -%}
    (select as_of_date from {{ ref('int_core__as_of') }})
{%- endmacro %}

{% macro as_of_at() -%}
    (select as_of_at from {{ ref('int_core__as_of') }})
{%- endmacro %}

{# The reporting-zone day of a UTC timestamp. #}
{% macro reporting_date(column) -%}
    cast(
        timezone(
            (select reporting_time_zone from {{ ref('int_core__as_of') }}),
            {{ utc_moment(column) }}
        ) as date
    )
{%- endmacro %}
