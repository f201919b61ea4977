with items as (

    select * from {{ ref('stg_connectwise__catalog_item') }}

),

final as (

    select
        items.catalog_item_id,
        items.catalog_item_identifier,
        items.catalog_item_name,
        items.category_name,
        items.subcategory_name,
        items.product_type_name,
        items.product_class,
        items.manufacturer_name,
        items.vendor_name,
        items.is_inactive,
        items.is_recurring,
        items.unit_price_amount,
        items.unit_cost_amount,
        home.home_currency_code
    from items
    cross join {{ ref('int_core__home_currency') }} as home

)

select * from final
