{# Large tables are made by key. A table of fingerprints has one row per key, with a hash of
   all that rows of this key are made of. Each table made by key keeps the fingerprints it
   was made from beside it; keys whose fingerprint differs since are made again. #}

{# Begins a model that is made by key: rows of keys that changed or are gone are forgotten,
   and the model's own SQL makes those that changed. #}
{% macro made_by_key(key, fingerprints) -%}
    {{ config(
        materialized='incremental',
        incremental_strategy='append',
        on_schema_change='fail',
        pre_hook="{{ forget_changed('" ~ key ~ "', '" ~ fingerprints ~ "') }}",
        post_hook="{{ keep_fingerprints('" ~ fingerprints ~ "') }}"
    ) }}
{%- endmacro %}

{# Leaves those rows of a relation whose key is to be made again. #}
{% macro changed_only(key, fingerprints) -%}
    semi join (
        select {{ key }} from {{ ref(fingerprints) }} where is_changed
    ) as changed using ({{ key }})
{%- endmacro %}

{# Fingerprints with a flag on those that one of some tables does not stand on yet, on all
   where a table is to be made whole. Expects `fingerprinted`, of key and fingerprint. #}
{% macro flagged_if_changed(key, tables) -%}
    {%- set kept = kept_fingerprints(tables) -%}
    select
        fingerprinted.{{ key }},
        fingerprinted.fingerprint,
        {% if kept | length < tables | length %}true{% else -%}
        {% for table in tables -%}
        {{ table }}.fingerprint is distinct from fingerprinted.fingerprint
        {{ 'or ' if not loop.last }}
        {%- endfor %}
        {%- endif %} as is_changed
    from fingerprinted
    {% for table in kept %}
    left join {{ table }} as {{ tables[loop.index0] }}
        on fingerprinted.{{ key }} = {{ tables[loop.index0] }}.{{ key }}
    {% endfor %}
{%- endmacro %}

{# The fingerprints that tables were made from, as relations; those of tables that are
   there and need not be made whole. #}
{% macro kept_fingerprints(tables) -%}
    {%- set kept = [] -%}
    {%- if execute and not should_full_refresh() -%}
        {%- for table in tables -%}
            {%- set relation = adapter.get_relation(
                target.database, 'intermediate', table ~ '__made_from'
            ) -%}
            {%- if relation %}{% do kept.append(relation) %}{% endif -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(kept) }}
{%- endmacro %}

{# Before a table is made whole, also alone, all keys count as changed. #}
{% macro forget_changed(key, fingerprints) -%}
    {%- if is_incremental() -%}
        delete from {{ this }}
        where
            {{ key }} not in (
                select {{ key }} from {{ ref(fingerprints) }} where not is_changed
            )
    {%- else -%}
        update {{ ref(fingerprints) }} set is_changed = true where not is_changed
    {%- endif -%}
{%- endmacro %}

{% macro keep_fingerprints(fingerprints) -%}
    create or replace table intermediate.{{ this.identifier }}__made_from as
    select * exclude (is_changed) from {{ ref(fingerprints) }}
{%- endmacro %}

{# A hash of all rows of a small relation, as a scalar. #}
{% macro hash_of_rows(model) -%}
    (select sum(hash(rows)) from {{ ref(model) }} as rows)
{%- endmacro %}
