{# Arithmetic that answers null instead of nonsense. #}

{# numerator / denominator; null when the denominator is null or not positive. #}
{% macro ratio(numerator, denominator, digits=4) -%}
    cast(round(
        case
            when {{ denominator }} > 0
                then cast({{ numerator }} as double) / cast({{ denominator }} as double)
        end, {{ digits }}
    ) as decimal(19, {{ digits }}))
{%- endmacro %}

{# The same in percent. #}
{% macro pct(numerator, denominator) -%}
    cast(round(
        case
            when {{ denominator }} > 0
                then 100.0 * cast({{ numerator }} as double)
                    / cast({{ denominator }} as double)
        end, 2
    ) as decimal(19, 2))
{%- endmacro %}

{# A sum of hours or money as DECIMAL(19,4), zero where there is none. #}
{% macro sum_or_zero(expression) -%}
    cast(coalesce({{ expression }}, 0) as decimal(19, 4))
{%- endmacro %}
