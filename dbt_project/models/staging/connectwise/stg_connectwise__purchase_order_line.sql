with source as (

    select * from {{ source('connectwise_raw', 'purchase_order_lines') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as purchase_order_line_id,
        cast(_parent_id as bigint) as purchase_order_id,
        cast(product__id as bigint) as catalog_item_id,
        cast(unit_of_measure__id as bigint) as unit_of_measure_id,
        cast(warehouse__id as bigint) as warehouse_id,
        -- names
        {{ clean_text('product__identifier') }} as catalog_item_identifier,
        {{ clean_text('description') }} as description,
        {{ clean_text('vendor_sku') }} as vendor_sku,
        {{ clean_text('received_status') }} as received_status,
        {{ clean_text('unit_of_measure__name') }} as unit_of_measure_name,
        {{ clean_text('warehouse__name') }} as warehouse_name,
        {{ clean_text('shipment_method__name') }} as shipment_method_name,
        {{ clean_text('tracking_number') }} as tracking_number,
        {{ clean_text('canceled_by') }} as cancelled_by_identifier,
        {{ clean_text('canceled_reason') }} as cancelled_reason,
        {{ clean_text('serial_numbers') }} as serial_numbers,
        -- days
        {{ recorded_date('expected_ship_date') }} as expected_ship_date,
        {{ recorded_date('expected_arrival_date') }} as expected_arrival_date,
        {{ recorded_date('ship_date') }} as shipped_date,
        {{ recorded_date('date_received') }} as received_date,
        -- timestamps
        {{ utc_timestamp('date_canceled_utc') }} as cancelled_at,
        -- flags
        {{ flag('closed_flag') }} as is_closed,
        {{ flag('canceled_flag') }} as is_cancelled,
        {{ flag('backordered_flag') }} as is_backordered,
        -- counts
        cast(line_number as bigint) as line_number,
        -- measures
        {{ decimal_4('quantity') }} as quantity,
        {{ decimal_4('received_quantity') }} as received_quantity,
        {{ decimal_4('unit_cost') }} as unit_cost_amount,
        {{ decimal_4('ext_cost') }} as extended_cost_amount,
        {{ decimal_4('tax') }} as sales_tax_amount,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('purchase_order_lines') }}

)

select * from renamed
