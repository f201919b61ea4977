{# Versions of one key do not overlap, and only the last of them may be open. #}
{% test versions_tile(model, columns) %}
{{ config(severity="error") }}
with following as (
    select
        *,
        lead(valid_from) over (
            partition by {{ columns | join(', ') }} order by valid_from
        ) as next_valid_from
    from {{ model }}
)

select *
from following
where
    valid_from is null
    or valid_to <= valid_from
    or (next_valid_from is not null and (valid_to is null or valid_to > next_valid_from))
{% endtest %}
