{# One explicit cast per kind of raw column; staging models use nothing else. #}

{# A UTC timestamp without zone, from TIMESTAMPTZ or from ISO text. By its number, since
   timezone() asks the tables of all zones for each row, at twenty times the cost. #}
{% macro utc_timestamp(column) -%}
    make_timestamp(epoch_us(try_cast({{ column }} as timestamptz)))
{%- endmacro %}

{# The moment that a UTC timestamp without zone stands for: the way back. #}
{% macro utc_moment(column) -%}
    make_timestamptz(epoch_us({{ column }}))
{%- endmacro %}

{# A day that ConnectWise records as midnight UTC: it must not move with a zone. #}
{% macro recorded_date(column) -%}
    cast({{ utc_timestamp(column) }} as date)
{%- endmacro %}

{# Money and hours. By way of a double, in which JSON's numbers come anyway: text that
   turns into a wide decimal at once takes 25 times as long. #}
{% macro decimal_4(column) -%}
    try_cast(try_cast({{ column }} as double) as decimal(19, 4))
{%- endmacro %}

{# Text without surrounding blanks; empty text is no text. #}
{% macro clean_text(column) -%}
    nullif(trim(cast({{ column }} as varchar)), '')
{%- endmacro %}

{# A flag that the API leaves out is not set. #}
{% macro flag(column) -%}
    coalesce(cast({{ column }} as boolean), false)
{%- endmacro %}

{# Ids of references as BIGINT: `type='ticket_type_id'` reads type__id. #}
{% macro reference_ids() -%}
    {%- for reference, name in kwargs.items() %}
    cast({{ reference }}__id as bigint) as {{ name }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
