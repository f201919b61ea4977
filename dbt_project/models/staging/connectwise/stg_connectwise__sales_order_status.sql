with source as (

    select * from {{ source('connectwise_raw', 'sales_order_statuses') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as sales_order_status_id,
        -- names
        {{ clean_text('name') }} as sales_order_status_name,
        -- flags
        {{ flag('closed_flag') }} as is_closed_status,
        {{ flag('default_flag') }} as is_default,
        {{ flag('inactive_flag') }} as is_inactive,
        -- counts
        cast(sort_order as bigint) as sort_order,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('sales_order_statuses') }}

)

select * from renamed
