{% snapshot agreement_versions %}

{% set tracked = [
    'company_id', 'parent_agreement_id', 'bill_to_company_id', 'sla_id',
    'agreement_name', 'agreement_type_name', 'agreement_status', 'billing_cycle_name',
    'application_units', 'application_cycle', 'currency_code', 'start_date', 'end_date',
    'cancelled_date', 'is_open_ended', 'is_cancelled', 'is_one_time', 'covers_time',
    'covers_products', 'covers_expenses', 'is_unlimited', 'is_carried_over',
    'is_prorated', 'bill_amount', 'application_limit'
] %}
{{ config(
    unique_key='agreement_id',
    check_cols=tracked
) }}

select
    agreement_id,
    {{ tracked | join(', ') }},
    {{ as_of_at() }} as seen_at
from {{ ref('stg_connectwise__agreement') }}

{% endsnapshot %}
