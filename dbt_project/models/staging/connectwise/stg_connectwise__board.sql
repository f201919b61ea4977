with source as (

    select * from {{ source('connectwise_raw', 'boards') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as board_id,
        cast(location__id as bigint) as location_id,
        cast(department__id as bigint) as department_id,
        cast(service_manager_member__id as bigint) as service_manager_member_id,
        cast(auto_close_status__id as bigint) as auto_close_status_id,
        -- names
        {{ clean_text('name') }} as board_name,
        {{ clean_text('location__name') }} as location_name,
        {{ clean_text('department__name') }} as department_name,
        {{ clean_text('percentage_calculation') }} as percentage_calculation,
        {{ clean_text('bill_time') }} as bill_time,
        -- flags
        {{ flag('inactive_flag') }} as is_inactive,
        {{ flag('project_flag') }} as is_project_board,
        {{ flag('email_connector_allow_reopen_closed_flag') }} as is_reopened_by_email,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('boards') }}

)

select * from renamed
