with source as (

    select * from {{ source('connectwise_raw', 'currencies') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as currency_id,
        -- names
        {{ clean_text('name') }} as currency_name,
        {{ clean_text('currency_code__name') }} as currency_code,
        {{ clean_text('currency_identifier') }} as currency_identifier,
        {{ clean_text('symbol') }} as symbol,
        -- counts
        cast(number_of_decimals as bigint) as decimals_count,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('currencies') }}

)

select * from renamed
