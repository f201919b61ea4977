with source as (

    select * from {{ source('connectwise_raw', 'board_statuses') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as status_id,
        cast(_parent_id as bigint) as board_id,
        -- names
        {{ clean_text('name') }} as status_name,
        {{ clean_text('escalation_status') }} as escalation_status,
        -- flags
        {{ flag('closed_status') }} as is_closed_status,
        {{ flag('inactive') }} as is_inactive,
        {{ flag('default_flag') }} as is_default,
        {{ flag('time_entry_not_allowed') }} as is_time_entry_refused,
        -- measures
        cast(sort_order as bigint) as sort_order,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('board_statuses') }}

)

select * from renamed
