with source as (

    select * from {{ source('connectwise_raw', 'billing_statuses') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as billing_status_id,
        -- names
        {{ clean_text('name') }} as billing_status_name,
        -- flags
        {{ flag('closed_flag') }} as is_closed_status,
        {{ flag('default_flag') }} as is_default,
        {{ flag('inactive_flag') }} as is_inactive,
        {{ flag('sent_flag') }} as is_sent_status,
        -- counts
        cast(sort_order as bigint) as sort_order,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('billing_statuses') }}

)

select * from renamed
