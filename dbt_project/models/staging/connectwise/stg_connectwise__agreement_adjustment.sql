with source as (

    select * from {{ source('connectwise_raw', 'agreement_adjustments') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as agreement_adjustment_id,
        cast(_parent_id as bigint) as agreement_id,
        -- names
        {{ clean_text('description') }} as description,
        -- days
        {{ recorded_date('effective_date') }} as effective_date,
        -- measures
        {{ decimal_4('amount') }} as adjustment,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('agreement_adjustments') }}

)

select * from renamed
