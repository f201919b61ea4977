with source as (

    select * from {{ source('connectwise_raw', 'activity_types') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as activity_type_id,
        -- names
        {{ clean_text('name') }} as activity_type_name,
        -- flags
        {{ flag('default_flag') }} as is_default,
        {{ flag('inactive_flag') }} as is_inactive,
        {{ flag('email_flag') }} as is_email,
        {{ flag('memo_flag') }} as is_memo,
        {{ flag('history_flag') }} as is_history,
        -- counts
        cast(points as bigint) as points_count,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('activity_types') }}

)

select * from renamed
