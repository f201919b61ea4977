with source as (

    select * from {{ source('connectwise_raw', 'agreement_additions') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as addition_id,
        cast(_parent_id as bigint) as agreement_id,
        cast(product__id as bigint) as product_id,
        -- names
        {{ clean_text('product__identifier') }} as product_identifier,
        {{ clean_text('description') }} as description,
        {{ clean_text('bill_customer') }} as bill_customer,
        {{ clean_text('agreement_status') }} as agreement_status,
        -- days
        {{ recorded_date('effective_date') }} as effective_date,
        {{ recorded_date('cancelled_date') }} as cancelled_date,
        -- flags
        {{ flag('taxable_flag') }} as is_taxable,
        -- measures
        {{ decimal_4('quantity') }} as quantity,
        {{ decimal_4('less_included') }} as included_quantity,
        {{ decimal_4('billed_quantity') }} as billed_quantity,
        {{ decimal_4('unit_price') }} as unit_price_amount,
        {{ decimal_4('unit_cost') }} as unit_cost_amount,
        {{ decimal_4('ext_price') }} as extended_price_amount,
        {{ decimal_4('ext_cost') }} as extended_cost_amount,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('agreement_additions') }}

)

select * from renamed
