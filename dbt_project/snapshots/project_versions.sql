{% snapshot project_versions %}

{% set tracked = [
    'company_id', 'manager_member_id', 'agreement_id', 'board_id', 'project_name',
    'project_type_name', 'status_name', 'billing_method', 'currency_code',
    'estimated_start_date', 'estimated_end_date', 'scheduled_start_date',
    'scheduled_end_date', 'actual_start_date', 'actual_end_date', 'is_closed',
    'is_budgeted_on_project', 'budget_hours', 'estimated_hours', 'billing_amount',
    'estimated_time_revenue_amount', 'estimated_time_cost_amount'
] %}
{{ config(
    unique_key='project_id',
    check_cols=tracked
) }}

select
    project_id,
    {{ tracked | join(', ') }},
    {{ as_of_at() }} as seen_at
from {{ ref('stg_connectwise__project') }}

{% endsnapshot %}
