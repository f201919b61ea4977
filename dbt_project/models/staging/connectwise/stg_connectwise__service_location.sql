with source as (

    select * from {{ source('connectwise_raw', 'service_locations') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as service_location_id,
        -- names
        {{ clean_text('name') }} as service_location_name,
        {{ clean_text('"where"') }} as service_location_kind,
        -- flags
        {{ flag('default_flag') }} as is_default,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('service_locations') }}

)

select * from renamed
