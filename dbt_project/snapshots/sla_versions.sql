{% snapshot sla_versions %}

{% set tracked = [
    'sla_name', 'priority_name', 'based_on', 'custom_calendar_id', 'is_default',
    'respond_target_hours', 'plan_target_hours', 'resolution_target_hours',
    'respond_goal_pct', 'plan_goal_pct', 'resolution_goal_pct'
] %}
{{ config(
    unique_key=['sla_id', 'priority_id'],
    check_cols=tracked
) }}

select
    sla_id,
    priority_id,
    {{ tracked | join(', ') }},
    {{ as_of_at() }} as seen_at
from {{ ref('int_service__sla_targets') }}

{% endsnapshot %}
