with source as (

    select * from {{ source('connectwise_raw', 'purchase_orders') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as purchase_order_id,
        cast(vendor_company__id as bigint) as vendor_company_id,
        cast(vendor_contact__id as bigint) as vendor_contact_id,
        cast(customer_company__id as bigint) as customer_company_id,
        cast(status__id as bigint) as purchase_order_status_id,
        cast(terms__id as bigint) as billing_terms_id,
        cast(warehouse__id as bigint) as warehouse_id,
        cast(tax_code__id as bigint) as tax_code_id,
        cast(location__id as bigint) as location_id,
        cast(business_unit_id as bigint) as department_id,
        -- names
        {{ clean_text('po_number') }} as po_number,
        {{ clean_text('status__name') }} as purchase_order_status_name,
        {{ clean_text('vendor_company__name') }} as vendor_company_name,
        {{ clean_text('customer_company__name') }} as customer_company_name,
        {{ clean_text('vendor_order_number') }} as vendor_order_number,
        {{ clean_text('vendor_invoice_number') }} as vendor_invoice_number,
        {{ clean_text('terms__name') }} as billing_terms_name,
        {{ clean_text('shipment_method__name') }} as shipment_method_name,
        {{ clean_text('tracking_number') }} as tracking_number,
        {{ clean_text('warehouse__name') }} as warehouse_name,
        {{ clean_text('cancel_reason') }} as cancel_reason,
        {{ clean_text('entered_by') }} as entered_by_identifier,
        {{ clean_text('closed_by') }} as closed_by_identifier,
        {{ clean_text('internal_notes') }} as internal_notes,
        {{ clean_text('currency__currency_code') }} as currency_code,
        -- days
        {{ recorded_date('po_date') }} as po_date,
        {{ recorded_date('shipment_date') }} as shipment_date,
        {{ recorded_date('vendor_invoice_date') }} as vendor_invoice_date,
        -- timestamps
        {{ utc_timestamp('date_closed') }} as closed_at,
        -- flags
        {{ flag('closed_flag') }} as is_closed,
        {{ flag('drop_ship_customer_flag') }} as is_drop_shipped,
        -- measures
        {{ decimal_4('sub_total') }} as subtotal_amount,
        {{ decimal_4('sales_tax') }} as sales_tax_amount,
        {{ decimal_4('freight_cost') }} as freight_amount,
        {{ decimal_4('freight_tax_total') }} as freight_tax_amount,
        {{ decimal_4('total') }} as total_amount,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('purchase_orders') }}

)

select * from renamed
