{# One readiness rule on a CTE: rows looked at, rows that break it, and their money,
   counted in the home currency only. #}
{% macro readiness(rule, rows, breaks, money='null') -%}
    select
        '{{ rule }}' as rule_name,
        count(*) as checked_count,
        count(*) filter (where {{ breaks }}) as failed_count,
        sum({{ money }}) filter (where {{ breaks }}) as money
    from {{ rows }}
{%- endmacro %}

{# The value that most rows have, the first by name between equals. #}
{% macro commonest(column, condition='true') -%}
    mode({{ column }} order by {{ column }}) filter (where {{ condition }})
{%- endmacro %}
