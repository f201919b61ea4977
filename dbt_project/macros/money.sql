{# Arithmetic of agreements and invoices that several models share. #}

{# How many months one billing cycle lasts; null when it does not recur. A year has 52
   weeks (a week is 12 / 52 of a month); an unknown cycle is taken for a month. #}
{% macro cycle_months(cycle_length) -%}
    case {{ cycle_length }}
        when 'NotRecurring' then null
        when 'Weekly' then 0.230769
        when 'BiWeekly' then 0.461538
        when 'BiMonthly' then 2
        when 'Quarterly' then 3
        when 'SemiAnnual' then 6
        when 'Yearly' then 12
        else 1
    end
{%- endmacro %}

{# The part of an amount that falls on one of n equal months; the parts add up to the
   amount to the last digit. month_index counts from 0. #}
{% macro spread_part(amount, month_index, months_count) -%}
    cast(
        round({{ amount }} * ({{ month_index }} + 1) / {{ months_count }}, 2)
        - round({{ amount }} * {{ month_index }} / {{ months_count }}, 2)
        as decimal(19, 4)
    )
{%- endmacro %}

{# Cut of an open balance by days past a day; without that day it is current. #}
{% macro ageing_bucket(days) -%}
    case
        when coalesce({{ days }}, 0) <= 0 then 'current'
        when {{ days }} <= 30 then '1-30 days'
        when {{ days }} <= 60 then '31-60 days'
        when {{ days }} <= 90 then '61-90 days'
        else '90+ days'
    end
{%- endmacro %}

{# A rate by ConnectWise's rate type: its own, so much more, or so many times. #}
{% macro rate_by_type(base, rate_type, rate) -%}
    case {{ rate_type }}
        when 'Custom' then {{ rate }}
        when 'AdjAmount' then {{ base }} + {{ rate }}
        when 'Multiplier' then {{ base }} * {{ rate }}
        else {{ base }}
    end
{%- endmacro %}

{# Sum of an expression over rows that meet a condition, zero where none does. #}
{% macro sum_where(expression, condition) -%}
    cast(
        coalesce(sum(case when {{ condition }} then {{ expression }} end), 0)
        as decimal(19, 4)
    )
{%- endmacro %}

{# What an addition brings in a billing cycle; nothing where it is not billed. #}
{% macro addition_price(additions) -%}
    case
        when coalesce({{ additions }}.bill_customer, 'Billable') = 'Billable'
            then coalesce(
                {{ additions }}.extended_price_amount,
                (
                    {{ additions }}.quantity
                    - coalesce({{ additions }}.included_quantity, 0)
                ) * {{ additions }}.unit_price_amount
            )
        else 0
    end
{%- endmacro %}

{# What an addition costs in a billing cycle, billed or not. #}
{% macro addition_cost(additions) -%}
    coalesce(
        {{ additions }}.extended_cost_amount,
        {{ additions }}.quantity * {{ additions }}.unit_cost_amount
    )
{%- endmacro %}
