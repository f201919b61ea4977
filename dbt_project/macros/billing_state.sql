{# Where billable time stands on its way to money, from the names it has at hand. #}
{% macro billing_state() -%}
    case
        when billable_option = 'NoCharge' then 'no charge'
        when billable_option = 'DoNotBill' then 'do not bill'
        when billable_option is distinct from 'Billable' then 'undecided'
        when time_status = 'WrittenOff' then 'written off'
        when agreement_id is not null then 'covered by agreement'
        when invoice_id is not null or time_status in ('Billed', 'BilledAgreement')
            then 'invoiced'
        when {{ approval_state('time_status') }} = 'approved' then 'work in progress'
        else 'unapproved'
    end
{%- endmacro %}
