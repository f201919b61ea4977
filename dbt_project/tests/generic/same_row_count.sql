{# Row conservation: as many rows here as in the other relation, filtered or not. #}
{% test same_row_count(model, compare_to, where_here='true', where_there='true') %}
{{ config(severity="error") }}
with here as (
    select count(*) as row_count from {{ model }} where {{ where_here }}
),

there as (
    select count(*) as row_count from {{ compare_to }} where {{ where_there }}
)

select
    here.row_count as rows_here,
    there.row_count as rows_there
from here
cross join there
where here.row_count <> there.row_count
{% endtest %}
