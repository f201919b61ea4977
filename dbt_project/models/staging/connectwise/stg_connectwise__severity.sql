with source as (

    select * from {{ source('connectwise_raw', 'severities') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as severity_id,
        -- names
        {{ clean_text('name') }} as severity_name,
        {{ clean_text('description') }} as description,
        -- flags
        {{ flag('default_flag') }} as is_default,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('severities') }}

)

select * from renamed
