with source as (

    select * from {{ source('connectwise_raw', 'configuration_types') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as configuration_type_id,
        -- names
        {{ clean_text('name') }} as configuration_type_name,
        -- flags
        {{ flag('inactive_flag') }} as is_inactive,
        {{ flag('system_flag') }} as is_system,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('configuration_types') }}

)

select * from renamed
