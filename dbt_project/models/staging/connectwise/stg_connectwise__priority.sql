with source as (

    select * from {{ source('connectwise_raw', 'priorities') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as priority_id,
        -- names
        {{ clean_text('name') }} as priority_name,
        {{ clean_text('color') }} as color,
        {{ clean_text('level') }} as priority_level,
        -- flags
        {{ flag('default_flag') }} as is_default,
        -- measures
        cast(sort_order as bigint) as sort_order,
        -- bookkeeping
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('priorities') }}

)

select * from renamed
