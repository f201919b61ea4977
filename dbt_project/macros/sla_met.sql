{# Whether a stage's goal was met; null while it is open and not yet due. #}
{% macro sla_met(reached_at, stage) -%}
    case
        when {{ stage }}_target_minutes is null or {{ stage }}_target_minutes <= 0
            then null
        when {{ reached_at }} is not null
            then {{ stage }}_counted_minutes <= {{ stage }}_target_minutes
        when {{ stage }}_goal_at < judged_at then false
    end
{%- endmacro %}
