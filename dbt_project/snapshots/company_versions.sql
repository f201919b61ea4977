{% snapshot company_versions %}

{% set tracked = [
    'company_identifier', 'company_name', 'parent_company_id', 'status_name',
    'territory_name', 'market_name', 'territory_manager_member_id', 'calendar_id',
    'currency_code', 'is_vendor', 'is_lead', 'is_deleted'
] %}
{{ config(
    unique_key='company_id',
    check_cols=tracked
) }}

select
    company_id,
    {{ tracked | join(', ') }},
    {{ as_of_at() }} as seen_at
from {{ ref('stg_connectwise__company') }}

{% endsnapshot %}
