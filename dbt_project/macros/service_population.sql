{# Who counts in service figures; the board may be that of another day. #}
{% macro service_population(board_class) -%}
    ticket_kind = 'service'
    and not (is_merged or is_bundle_child or is_internal_company)
    and coalesce({{ board_class }}, 'unmapped') not in ('internal', 'sales')
{%- endmacro %}
