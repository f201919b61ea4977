with source as (

    select * from {{ source('connectwise_raw', 'products') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as product_id,
        cast(catalog_item__id as bigint) as catalog_item_id,
        cast(company__id as bigint) as company_id,
        cast(ticket__id as bigint) as ticket_id,
        cast(project__id as bigint) as project_id,
        cast(phase__id as bigint) as phase_id,
        cast(sales_order__id as bigint) as sales_order_id,
        cast(opportunity__id as bigint) as opportunity_id,
        cast(invoice__id as bigint) as invoice_id,
        cast(agreement__id as bigint) as agreement_id,
        cast(vendor__id as bigint) as vendor_company_id,
        cast(forecast_detail_id as bigint) as forecast_item_id,
        cast(cancelled_by as bigint) as cancelled_by_member_id,
        cast(location_id as bigint) as location_id,
        cast(business_unit_id as bigint) as department_id,
        -- names
        {{ clean_text('catalog_item__identifier') }} as catalog_item_identifier,
        {{ clean_text('description') }} as description,
        {{ clean_text('product_class') }} as product_class,
        {{ clean_text('company__name') }} as company_name,
        {{ clean_text('vendor__name') }} as vendor_name,
        {{ clean_text('vendor_sku') }} as vendor_sku,
        {{ clean_text('billable_option') }} as billable_option,
        {{ clean_text('price_method') }} as price_method,
        {{ clean_text('uom') }} as unit_of_measure_name,
        {{ clean_text('cancelled_reason') }} as cancelled_reason,
        {{ clean_text('invoice__identifier') }} as invoice_number,
        {{ clean_text('agreement__name') }} as agreement_name,
        {{ clean_text('forecast_status__name') }} as forecast_status_name,
        {{ clean_text('recurring__bill_cycle__name') }} as recurring_billing_cycle_name,
        -- days
        {{ recorded_date('purchase_date') }} as purchase_date,
        {{ recorded_date('cancelled_date') }} as cancelled_date,
        {{ recorded_date('recurring__start_date') }} as recurring_start_date,
        {{ recorded_date('recurring__end_date') }} as recurring_end_date,
        -- flags
        {{ flag('cancelled_flag') }} as is_cancelled,
        {{ flag('taxable_flag') }} as is_taxable,
        {{ flag('dropship_flag') }} as is_drop_shipped,
        {{ flag('special_order_flag') }} as is_special_order,
        {{ flag('phase_product_flag') }} as is_phase_product,
        {{ flag('product_supplied_flag') }} as is_supplied_by_customer,
        {{ flag('need_to_purchase_flag') }} as is_purchase_needed,
        -- measures
        {{ decimal_4('quantity') }} as quantity,
        {{ decimal_4('quantity_cancelled') }} as cancelled_quantity,
        {{ decimal_4('price') }} as unit_price_amount,
        {{ decimal_4('cost') }} as unit_cost_amount,
        {{ decimal_4('list_price') }} as list_price_amount,
        {{ decimal_4('ext_price') }} as extended_price_amount,
        {{ decimal_4('ext_cost') }} as extended_cost_amount,
        {{ decimal_4('margin') }} as margin_amount,
        {{ decimal_4('discount') }} as discount_amount,
        {{ decimal_4('agreement_amount') }} as agreement_amount,
        {{ decimal_4('recurring__recurring_revenue') }} as recurring_price_amount,
        {{ decimal_4('recurring__recurring_cost') }} as recurring_cost_amount,
        {{ decimal_4('won_quantity') }} as won_quantity,
        {{ decimal_4('won_price') }} as won_price_amount,
        {{ decimal_4('won_cost') }} as won_cost_amount,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('products') }}

)

select * from renamed
