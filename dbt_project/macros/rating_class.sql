{# How content an answer is, by its share of the points: four in five are content. #}
{% macro rating_class(score_pct) -%}
    case
        when {{ score_pct }} is null then null
        when {{ score_pct }} >= 80 then 'positive'
        when {{ score_pct }} > 50 then 'neutral'
        else 'negative'
    end
{%- endmacro %}
