{# Whether a stage's goal was met; null while it is open and not yet due. #}
{% macro sla_met(reached_at, stage) -%}
    case
        when {{ stage }}_target_minutes is null then null
        when {{ reached_at }} is not null
            then {{ stage }}_counted_minutes <= {{ stage }}_target_minutes
        when {{ stage }}_goal_at < judged_at then false
    end
{%- endmacro %}

{# The same by our own clock: a stage that is reached is judged by what it took, one
   that is not as soon as more than its target has passed. #}
{% macro sla_met_recomputed(stage, reached) -%}
    case
        when {{ stage }}_target_minutes is null then null
        when {{ stage }}_used_seconds // 60 > {{ stage }}_target_minutes then false
        when {{ reached }} then true
    end
{%- endmacro %}

{# Minutes above the target; none where there is no target or nothing was counted. #}
{% macro overrun(counted, target) -%}
    case when {{ counted }} > {{ target }} then {{ counted }} - {{ target }} else 0 end
{%- endmacro %}

{# The key of dim_sla. #}
{% macro sla_priority_key(sla, priority) -%}
    concat_ws('-', {{ sla }}, coalesce({{ priority }}, 0))
{%- endmacro %}
