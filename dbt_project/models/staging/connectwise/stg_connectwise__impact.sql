with source as (

    select * from {{ source('connectwise_raw', 'impacts') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as impact_id,
        -- names
        {{ clean_text('name') }} as impact_name,
        {{ clean_text('description') }} as description,
        -- flags
        {{ flag('default_flag') }} as is_default,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('impacts') }}

)

select * from renamed
