with source as (

    select * from {{ source('connectwise_raw', 'project_ticket_tasks') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as task_id,
        cast(_parent_id as bigint) as ticket_id,
        cast(member__id as bigint) as member_id,
        cast(code__id as bigint) as service_code_id,
        cast(schedule__id as bigint) as schedule_entry_id,
        cast(child_ticket_id as bigint) as child_ticket_id,
        -- names
        {{ clean_text('summary') }} as summary,
        {{ clean_text('notes') }} as notes,
        {{ clean_text('resolution') }} as resolution,
        {{ clean_text('member__name') }} as member_name,
        {{ clean_text('code__name') }} as service_code_name,
        -- flags
        {{ flag('closed_flag') }} as is_closed,
        -- counts
        cast(priority as bigint) as sort_order,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('project_ticket_tasks') }}

)

select * from renamed
