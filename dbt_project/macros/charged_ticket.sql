{# The ticket that a time entry was charged to: named as such, or as what it is charged
   to. #}
{% macro charged_ticket_id() -%}
    coalesce(
        ticket_id,
        case
            when charge_to_type in ('ServiceTicket', 'ProjectTicket') then charge_to_id
        end
    )
{%- endmacro %}
