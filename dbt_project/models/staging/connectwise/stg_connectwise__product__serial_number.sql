with source as (

    select * from {{ source('connectwise_raw', 'products__serial_numbers') }}

),

renamed as (

    select
        -- ids
        cast(_parent_id as bigint) as product_id,
        cast(_position as bigint) as position,
        -- names
        {{ clean_text('value') }} as serial_number
    from source
    where {{ not_deleted('products', '_parent_id') }}

)

select * from renamed
