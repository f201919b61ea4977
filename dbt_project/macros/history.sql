{# What the models of schema history share: they see the clock, never a computer's. #}

{# Snapshots ask this for the time at which a record was found deleted. #}
{% macro snapshot_get_time() -%}
    {{ as_of_at() }}
{%- endmacro %}

{# A day, or a month, that is seen again is written again; those before it stay. What is
   kept by version and not by period forgets nothing. #}
{% macro forget_period() -%}
    {%- if is_incremental() and config.get('meta', {}).get('period') != 'version' -%}
        delete from {{ this }}
        where snapshot_date = {{ snapshot_date(config.get('meta', {}).get('period')) }}
    {%- endif -%}
{%- endmacro %}

{# The day that a snapshot is filed under: today, or the last day of this month. #}
{% macro snapshot_date(period='day') -%}
    {%- if period == 'month' -%}
        {{ last_day(as_of_date(), 'month') }}
    {%- else -%}
        {{ as_of_date() }}
    {%- endif -%}
{%- endmacro %}

{# From when facts take a version: the first that is known also stands for before. #}
{% macro effective_from(key) -%}
    case
        when
            row_number() over (partition by {{ key }} order by valid_from) = 1
            then cast('{{ var("earliest_plausible_date") }}' as timestamp)
        else valid_from
    end
{%- endmacro %}

{# The first of the closed months that are watched for restatements. #}
{% macro first_closed_month() -%}
    cast({{ dbt.dateadd(
        'month', -(var('restated_months') | int), dbt.date_trunc('month', as_of_date())
    ) }} as date)
{%- endmacro %}

{# The first values of a group as text, in an order. #}
{% macro first_of_list(column, ordered_by, most) -%}
    array_to_string(
        (array_agg({{ column }} order by {{ ordered_by }}, {{ column }}))[:{{ most }}], ', '
    )
{%- endmacro %}
