{# The key of dim_ticket_category: board, type, subtype and item, 0 where not set. #}
{% macro ticket_category_key() -%}
    concat_ws(
        '-', coalesce(board_id, 0), coalesce(ticket_type_id, 0),
        coalesce(ticket_subtype_id, 0), coalesce(ticket_item_id, 0)
    )
{%- endmacro %}
