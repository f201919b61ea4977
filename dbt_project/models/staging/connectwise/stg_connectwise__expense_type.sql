with source as (

    select * from {{ source('connectwise_raw', 'expense_types') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as expense_type_id,
        -- names
        {{ clean_text('name') }} as expense_type_name,
        {{ clean_text('bill_expenses') }} as bill_expenses,
        {{ clean_text('amount_caption') }} as amount_caption,
        {{ clean_text('invoice_markup_option') }} as invoice_markup_option,
        -- flags
        {{ flag('default_flag') }} as is_default,
        {{ flag('inactive_flag') }} as is_inactive,
        {{ flag('mileage_flag') }} as is_mileage,
        {{ flag('quantity_flag') }} as is_quantity,
        -- measures
        {{ decimal_4('reimbursement_rate') }} as reimbursement_rate_amount,
        {{ decimal_4('max_amount') }} as maximum_amount,
        {{ decimal_4('invoice_markup_amount') }} as invoice_markup,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('expense_types') }}

)

select * from renamed
