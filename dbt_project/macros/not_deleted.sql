{# Hides records whose deletion is proven and that have not come back since. #}
{% macro not_deleted(entity, key='id') -%}
    not exists (
        select 1
        from {{ source('connectwise_raw', '_deletions') }} as deletions
        where deletions.entity = '{{ entity }}'
            and deletions.id = source.{{ key }}
            and deletions.restored_at is null
    )
{%- endmacro %}
