{# Whether a rule of the seed status_class matches what is known of a status. #}
{% macro matches_status_rule(rules, is_closed, name, escalation) -%}
    case {{ rules }}.match_on
        when 'closed' then cast(coalesce({{ is_closed }}, false) as varchar)
        when 'name' then {{ name }}
        when 'escalation' then {{ escalation }}
    end ilike {{ rules }}.pattern
{%- endmacro %}
