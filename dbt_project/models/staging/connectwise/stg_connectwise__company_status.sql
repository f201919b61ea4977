with source as (

    select * from {{ source('connectwise_raw', 'company_statuses') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as company_status_id,
        -- names
        {{ clean_text('name') }} as company_status_name,
        {{ clean_text('notification_message') }} as notification_message,
        -- flags
        {{ flag('default_flag') }} as is_default,
        {{ flag('inactive_flag') }} as is_inactive,
        {{ flag('notify_flag') }} as is_notified,
        {{ flag('disallow_saving_flag') }} as is_saving_refused,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('company_statuses') }}

)

select * from renamed
