with source as (

    select * from {{ source('connectwise_raw', 'sales_orders__product_ids') }}

),

renamed as (

    select
        -- ids
        cast(_parent_id as bigint) as sales_order_id,
        cast(_position as bigint) as position,
        cast(value as bigint) as product_id
    from source
    where {{ not_deleted('sales_orders', '_parent_id') }}

)

select * from renamed
