with source as (

    select * from {{ source('connectwise_raw', 'schedule_types') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as schedule_type_id,
        cast(charge_code__id as bigint) as charge_code_id,
        cast(where__id as bigint) as service_location_id,
        -- names
        {{ clean_text('identifier') }} as schedule_type_identifier,
        {{ clean_text('name') }} as schedule_type_name,
        {{ clean_text('charge_code__name') }} as charge_code_name,
        {{ clean_text('where__name') }} as service_location_name,
        -- flags
        {{ flag('system_flag') }} as is_system,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('schedule_types') }}

)

select * from renamed
