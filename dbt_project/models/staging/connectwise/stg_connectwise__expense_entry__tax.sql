with source as (

    select * from {{ source('connectwise_raw', 'expense_entries__taxes') }}

),

renamed as (

    select
        -- ids
        cast(_parent_id as bigint) as expense_entry_id,
        cast(_position as bigint) as position,
        cast(id as bigint) as expense_tax_id,
        cast(type__id as bigint) as expense_tax_type_id,
        -- names
        {{ clean_text('type__name') }} as expense_tax_type_name,
        -- measures
        {{ decimal_4('amount') }} as tax_amount
    from source
    where {{ not_deleted('expense_entries', '_parent_id') }}

)

select * from renamed
