with source as (

    select * from {{ source('connectwise_raw', 'opportunity_types') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as opportunity_type_id,
        -- names
        {{ clean_text('description') }} as opportunity_type_name,
        -- flags
        {{ flag('inactive_flag') }} as is_inactive,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('opportunity_types') }}

)

select * from renamed
