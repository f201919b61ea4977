{% snapshot status_versions %}

{% set tracked = [
    'board_id', 'status_name', 'escalation_status', 'sort_order', 'is_closed_status',
    'is_inactive', 'is_default', 'is_time_entry_refused'
] %}
{{ config(
    unique_key='status_id',
    check_cols=tracked
) }}

select
    status_id,
    {{ tracked | join(', ') }},
    {{ as_of_at() }} as seen_at
from {{ ref('stg_connectwise__board_status') }}

{% endsnapshot %}
