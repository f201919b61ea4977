{# How far an entry's approval has come, from ConnectWise's time status. #}
{% macro approval_state(column) -%}
    case
        when {{ column }} in ('ApprovedByTierOne', 'ApprovedByTierTwo', 'ReadyToBill')
            then 'approved'
        when {{ column }} in ('Billed', 'BilledAgreement') then 'billed'
        when {{ column }} = 'WrittenOff' then 'written off'
        else 'unapproved'
    end
{%- endmacro %}
