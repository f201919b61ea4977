{% snapshot phase_versions %}

{% set tracked = [
    'project_id', 'parent_phase_id', 'phase_name', 'wbs_code', 'status_name',
    'billing_method', 'scheduled_start_date', 'scheduled_end_date', 'deadline_date',
    'is_milestone', 'budget_hours', 'scheduled_hours'
] %}
{{ config(
    unique_key='phase_id',
    check_cols=tracked
) }}

select
    phase_id,
    {{ tracked | join(', ') }},
    {{ as_of_at() }} as seen_at
from {{ ref('stg_connectwise__project_phase') }}

{% endsnapshot %}
