{# Hides records whose deletion is proven and that have not come back since. A list, and
   nothing that refers to the row outside, so that wide rows stream past it. #}
{% macro not_deleted(entity, key='id') -%}
    source.{{ key }} not in (
        select id
        from {{ source('connectwise_raw', '_deletions') }}
        where entity = '{{ entity }}' and restored_at is null and id is not null
    )
{%- endmacro %}
