with source as (

    select * from {{ source('connectwise_raw', 'catalog_items') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as catalog_item_id,
        cast(category__id as bigint) as category_id,
        cast(subcategory__id as bigint) as subcategory_id,
        cast(type__id as bigint) as product_type_id,
        cast(manufacturer__id as bigint) as manufacturer_id,
        cast(vendor__id as bigint) as vendor_company_id,
        cast(unit_of_measure__id as bigint) as unit_of_measure_id,
        cast(sla__id as bigint) as sla_id,
        cast(recurring_bill_cycle__id as bigint) as recurring_billing_cycle_id,
        cast(agreement_type__id as bigint) as agreement_type_id,
        -- names
        {{ clean_text('identifier') }} as catalog_item_identifier,
        {{ clean_text('description') }} as catalog_item_name,
        {{ clean_text('customer_description') }} as customer_description,
        {{ clean_text('category__name') }} as category_name,
        {{ clean_text('subcategory__name') }} as subcategory_name,
        {{ clean_text('type__name') }} as product_type_name,
        {{ clean_text('product_class') }} as product_class,
        {{ clean_text('manufacturer__name') }} as manufacturer_name,
        {{ clean_text('manufacturer_part_number') }} as manufacturer_part_number,
        {{ clean_text('vendor__name') }} as vendor_name,
        {{ clean_text('vendor_sku') }} as vendor_sku,
        {{ clean_text('unit_of_measure__name') }} as unit_of_measure_name,
        {{ clean_text('billable_option') }} as billable_option,
        {{ clean_text('recurring_cycle_type') }} as recurring_cycle_type,
        -- flags
        {{ flag('inactive_flag') }} as is_inactive,
        {{ flag('serialized_flag') }} as is_serialized,
        {{ flag('taxable_flag') }} as is_taxable,
        {{ flag('drop_ship_flag') }} as is_drop_ship,
        {{ flag('special_order_flag') }} as is_special_order,
        {{ flag('phase_product_flag') }} as is_phase_product,
        {{ flag('recurring_flag') }} as is_recurring,
        -- measures
        {{ decimal_4('price') }} as unit_price_amount,
        {{ decimal_4('cost') }} as unit_cost_amount,
        {{ decimal_4('recurring_revenue') }} as recurring_price_amount,
        {{ decimal_4('recurring_cost') }} as recurring_cost_amount,
        {{ decimal_4('calculated_price') }} as calculated_price_amount,
        {{ decimal_4('calculated_cost') }} as calculated_cost_amount,
        {{ decimal_4('markup_percentage') }} as markup_pct,
        -- counts
        cast(min_stock_level as bigint) as minimum_stock_count,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('catalog_items') }}

)

select * from renamed
