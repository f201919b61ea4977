{# The same contact of the same company had the same category not long before. Bundle
   children and merged tickets neither repeat nor are repeated. #}
{% macro is_repeat_issue() -%}
    contact_id is not null
    and type_name is not null
    and not (is_merged or is_bundle_child)
    and coalesce(
        opened_date - lag(opened_date) over (
            partition by
                company_id, contact_id, type_name, subtype_name, item_name,
                ticket_kind, is_merged, is_bundle_child,
                coalesce(board_class in ('internal', 'sales'), false)
            order by effective_opened_at, ticket_id
        ) <= {{ var('repeat_within_days') }},
        false
    )
{%- endmacro %}
