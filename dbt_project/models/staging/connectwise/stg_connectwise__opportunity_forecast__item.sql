with source as (

    select *
    from {{ source('connectwise_raw', 'opportunity_forecasts__forecast_items') }}

),

renamed as (

    select
        -- ids
        cast(_parent_id as bigint) as forecast_id,
        cast(_position as bigint) as position,
        cast(id as bigint) as forecast_item_id,
        cast(opportunity__id as bigint) as opportunity_id,
        cast(catalog_item__id as bigint) as catalog_item_id,
        cast(status__id as bigint) as opportunity_status_id,
        -- names
        {{ clean_text('forecast_description') }} as forecast_description,
        {{ clean_text('product_description') }} as product_description,
        {{ clean_text('catalog_item__identifier') }} as catalog_item_identifier,
        {{ clean_text('product_class') }} as product_class,
        {{ clean_text('forecast_type') }} as forecast_type,
        {{ clean_text('status__name') }} as opportunity_status_name,
        {{ clean_text('bill_cycle__name') }} as billing_cycle_name,
        -- days
        {{ recorded_date('recurring_date_start') }} as recurring_start_date,
        {{ recorded_date('recurring_date_end') }} as recurring_end_date,
        -- flags
        {{ flag('include_flag') }} as is_included,
        {{ flag('recurring_flag') }} as is_recurring,
        {{ flag('taxable_flag') }} as is_taxable,
        -- counts
        cast(cycles as bigint) as cycles_count,
        -- measures
        {{ decimal_4('quantity') }} as quantity,
        {{ decimal_4('quantity_cancelled') }} as cancelled_quantity,
        {{ decimal_4('revenue') }} as revenue_amount,
        {{ decimal_4('cost') }} as cost_amount,
        {{ decimal_4('margin') }} as margin_amount,
        {{ decimal_4('percentage') }} as probability_pct,
        {{ decimal_4('recurring_revenue') }} as recurring_revenue_amount,
        {{ decimal_4('recurring_cost') }} as recurring_cost_amount
    from source
    where {{ not_deleted('opportunity_forecasts', '_parent_id') }}

)

select * from renamed
