with source as (

    select * from {{ source('connectwise_raw', 'purchase_order_lines__sales_order') }}

),

renamed as (

    select
        -- ids
        cast(_parent_id as bigint) as purchase_order_line_id,
        cast(_position as bigint) as position,
        cast(id as bigint) as sales_order_id,
        -- names
        {{ clean_text('identifier') }} as sales_order_identifier
    from source
    where {{ not_deleted('purchase_order_lines', '_parent_id') }}

)

select * from renamed
