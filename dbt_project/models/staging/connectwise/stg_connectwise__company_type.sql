with source as (

    select * from {{ source('connectwise_raw', 'company_types') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as company_type_id,
        -- names
        {{ clean_text('name') }} as company_type_name,
        {{ clean_text('service_alert_message') }} as service_alert_message,
        -- flags
        {{ flag('default_flag') }} as is_default,
        {{ flag('vendor_flag') }} as is_vendor,
        {{ flag('service_alert_flag') }} as is_service_alert,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('company_types') }}

)

select * from renamed
