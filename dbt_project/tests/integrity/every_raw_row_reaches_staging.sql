{{ config(
    severity='error',
    meta={'dagster': {'ref': {'name': 'stg_connectwise__service_ticket'}}},
) }}

-- Rows in = rows out: every raw row that is not proven deleted stands in staging once.
{% set pairs = {
    'companies': 'company', 'contacts': 'contact', 'members': 'member',
    'boards': 'board', 'board_statuses': 'board_status',
    'service_tickets': 'service_ticket', 'project_tickets': 'project_ticket',
    'service_ticket_notes': 'service_ticket_note',
    'project_ticket_notes': 'project_ticket_note',
    'time_entries': 'time_entry', 'projects': 'project',
    'project_phases': 'project_phase', 'project_notes': 'project_note',
    'agreements': 'agreement', 'agreement_additions': 'agreement_addition',
    'invoices': 'invoice', 'work_types': 'work_type', 'work_roles': 'work_role',
    'priorities': 'priority', 'slas': 'sla', 'calendars': 'calendar',
    'schedule_entries': 'schedule_entry', 'opportunities': 'opportunity'
} %}

with counted as (

    {% for entity, model in pairs.items() %}
    select
        '{{ entity }}' as entity,
        (select count(*) from {{ source('connectwise_raw', entity) }}) as raw_rows,
        (
            select count(*)
            from {{ source('connectwise_raw', entity) }}
            where id in (
                select id
                from {{ source('connectwise_raw', '_deletions') }}
                where entity = '{{ entity }}' and restored_at is null
            )
        ) as deleted_rows,
        (select count(*) from {{ ref('stg_connectwise__' ~ model) }}) as staged_rows
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

)

select *
from counted
where raw_rows - deleted_rows <> staged_rows
