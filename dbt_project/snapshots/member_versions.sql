{% snapshot member_versions %}

{% set tracked = [
    'member_identifier', 'first_name', 'last_name', 'title', 'license_class',
    'work_role_name', 'department_name', 'location_name', 'reports_to_member_id',
    'calendar_id', 'hire_date', 'inactive_date', 'is_inactive',
    'is_in_utilisation_reporting', 'daily_capacity_hours', 'hourly_cost_amount',
    'hourly_rate_amount'
] %}
{{ config(
    unique_key='member_id',
    check_cols=tracked
) }}

select
    member_id,
    {{ tracked | join(', ') }},
    {{ as_of_at() }} as seen_at
from {{ ref('stg_connectwise__member') }}

{% endsnapshot %}
