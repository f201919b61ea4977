with source as (

    select * from {{ source('connectwise_raw', 'invoice_payments') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as invoice_payment_id,
        cast(_parent_id as bigint) as invoice_id,
        cast(credit__id as bigint) as credit_invoice_id,
        -- names
        {{ clean_text('type') }} as payment_type,
        {{ clean_text('source') }} as payment_source,
        {{ clean_text('credit__identifier') }} as credit_invoice_number,
        {{ clean_text('applied_by') }} as applied_by_identifier,
        {{ clean_text('payment_sync_status') }} as payment_sync_status,
        -- days
        {{ recorded_date('payment_date') }} as payment_date,
        -- measures
        {{ decimal_4('amount') }} as payment_amount,
        {{ decimal_4('balance') }} as unapplied_amount,
        {{ decimal_4('invoice_total') }} as invoice_total_amount,
        {{ decimal_4('invoice_balance') }} as invoice_balance_amount,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('invoice_payments') }}

)

select * from renamed
