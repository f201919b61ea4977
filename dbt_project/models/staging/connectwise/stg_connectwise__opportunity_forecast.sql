with source as (

    select * from {{ source('connectwise_raw', 'opportunity_forecasts') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as forecast_id,
        cast(_parent_id as bigint) as opportunity_id,
        cast(tax_code__id as bigint) as tax_code_id,
        cast(billing_terms__id as bigint) as billing_terms_id,
        -- names
        {{ clean_text('tax_code__name') }} as tax_code_name,
        {{ clean_text('billing_terms__name') }} as billing_terms_name,
        {{ clean_text('currency__currency_code') }} as currency_code,
        -- measures
        {{ decimal_4('forecast_revenue_totals__revenue') }} as forecast_revenue_amount,
        {{ decimal_4('forecast_revenue_totals__cost') }} as forecast_cost_amount,
        {{ decimal_4('forecast_revenue_totals__margin') }} as forecast_margin_amount,
        {{ decimal_4('inclusive_revenue_totals__revenue') }} as included_revenue_amount,
        {{ decimal_4('inclusive_revenue_totals__cost') }} as included_cost_amount,
        {{ decimal_4('product_revenue__revenue') }} as product_revenue_amount,
        {{ decimal_4('product_revenue__cost') }} as product_cost_amount,
        {{ decimal_4('service_revenue__revenue') }} as service_revenue_amount,
        {{ decimal_4('service_revenue__cost') }} as service_cost_amount,
        {{ decimal_4('agreement_revenue__revenue') }} as agreement_revenue_amount,
        {{ decimal_4('agreement_revenue__cost') }} as agreement_cost_amount,
        {{ decimal_4('time_revenue__revenue') }} as time_revenue_amount,
        {{ decimal_4('time_revenue__cost') }} as time_cost_amount,
        {{ decimal_4('expense_revenue__revenue') }} as expense_revenue_amount,
        {{ decimal_4('expense_revenue__cost') }} as expense_cost_amount,
        {{ decimal_4('won_revenue__revenue') }} as won_revenue_amount,
        {{ decimal_4('won_revenue__cost') }} as won_cost_amount,
        {{ decimal_4('lost_revenue__revenue') }} as lost_revenue_amount,
        {{ decimal_4('lost_revenue__cost') }} as lost_cost_amount,
        {{ decimal_4('open_revenue__revenue') }} as open_revenue_amount,
        {{ decimal_4('open_revenue__cost') }} as open_cost_amount,
        {{ decimal_4('recurring_total') }} as recurring_amount,
        {{ decimal_4('sales_tax_revenue') }} as sales_tax_amount,
        {{ decimal_4('forecast_total_with_taxes') }} as forecast_with_taxes_amount,
        {{ decimal_4('expected_probability') }} as expected_probability_pct,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('opportunity_forecasts') }}

)

select * from renamed
