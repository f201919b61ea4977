with source as (

    select * from {{ source('connectwise_raw', 'sales_probabilities') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as sales_probability_id,
        -- measures
        {{ decimal_4('probability') }} as probability_pct,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('sales_probabilities') }}

)

select * from renamed
