{# The columns identify a row: none is null, no combination comes twice. #}
{% test key(model, columns) %}
{{ config(severity="error") }}
select
    {{ columns | join(', ') }},
    count(*) as row_count
from {{ model }}
group by all
having count(*) > 1
    {%- for column in columns %}
    or {{ column }} is null
    {%- endfor %}
{% endtest %}
