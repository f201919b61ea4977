with source as (

    select * from {{ source('connectwise_raw', 'sources') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as source_id,
        -- names
        {{ clean_text('name') }} as source_name,
        {{ clean_text('entered_by') }} as entered_by_identifier,
        -- timestamps
        {{ utc_timestamp('date_entered') }} as entered_at,
        -- flags
        {{ flag('default_flag') }} as is_default,
        -- bookkeeping
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('sources') }}

)

select * from renamed
