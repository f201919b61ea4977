with source as (

    select * from {{ source('connectwise_raw', 'service_codes') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as service_code_id,
        cast(board_id as bigint) as board_id,
        cast(location_id as bigint) as location_id,
        cast(business_unit_id as bigint) as department_id,
        -- names
        {{ clean_text('name') }} as service_code_name,
        {{ clean_text('description') }} as description,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('service_codes') }}

)

select * from renamed
