with source as (

    select * from {{ source('connectwise_raw', 'activity_statuses') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as activity_status_id,
        -- names
        {{ clean_text('name') }} as activity_status_name,
        -- flags
        {{ flag('closed_flag') }} as is_closed_status,
        {{ flag('default_flag') }} as is_default,
        {{ flag('inactive_flag') }} as is_inactive,
        {{ flag('spawn_followup_flag') }} as is_followed_up,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('activity_statuses') }}

)

select * from renamed
