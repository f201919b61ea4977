with source as (

    select * from {{ source('connectwise_raw', 'billing_cycles') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as billing_cycle_id,
        -- names
        {{ clean_text('identifier') }} as billing_cycle_identifier,
        {{ clean_text('name') }} as billing_cycle_name,
        {{ clean_text('billing_options') }} as billing_cycle_length,
        -- flags
        {{ flag('default_flag') }} as is_default,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('billing_cycles') }}

)

select * from renamed
