with source as (

    select * from {{ source('connectwise_raw', 'project_phases') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as phase_id,
        cast(_parent_id as bigint) as project_id,
        cast(parent_phase__id as bigint) as parent_phase_id,
        cast(board__id as bigint) as board_id,
        cast(status__id as bigint) as status_id,
        -- names
        {{ clean_text('description') }} as phase_name,
        {{ clean_text('wbs_code') }} as wbs_code,
        {{ clean_text('status__name') }} as status_name,
        {{ clean_text('billing_method') }} as billing_method,
        -- days
        {{ recorded_date('scheduled_start') }} as scheduled_start_date,
        {{ recorded_date('scheduled_end') }} as scheduled_end_date,
        {{ recorded_date('actual_start') }} as actual_start_date,
        {{ recorded_date('actual_end') }} as actual_end_date,
        {{ recorded_date('deadline_date') }} as deadline_date,
        -- flags
        {{ flag('mark_as_milestone_flag') }} as is_milestone,
        -- measures
        {{ decimal_4('budget_hours') }} as budget_hours,
        {{ decimal_4('scheduled_hours') }} as scheduled_hours,
        {{ decimal_4('actual_hours') }} as actual_hours,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('project_phases') }}

)

select * from renamed
