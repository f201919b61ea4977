{# The class of a status by the seed: the first rule that matches what is known of it. #}
{% macro matches_status_rule(rules, is_closed, name, escalation) -%}
    case {{ rules }}.match_on
        when 'closed' then cast(coalesce({{ is_closed }}, false) as varchar)
        when 'name' then {{ name }}
        when 'escalation' then {{ escalation }}
    end ilike {{ rules }}.pattern
{%- endmacro %}
