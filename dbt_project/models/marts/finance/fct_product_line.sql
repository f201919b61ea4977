with products as (

    select * from {{ ref('stg_connectwise__product') }}

),

final as (

    select
        -- keys
        products.product_id,
        products.catalog_item_id,
        products.company_id,
        products.agreement_id,
        products.project_id,
        products.phase_id,
        products.ticket_id,
        products.sales_order_id,
        products.opportunity_id,
        products.invoice_id,
        -- attributes
        products.purchase_date as sold_date,
        invoices.invoice_date,
        products.description,
        products.product_class,
        products.billable_option,
        invoices.currency_code,
        -- flags
        coalesce(products.is_cancelled, false) as is_cancelled,
        coalesce(products.billable_option = 'Billable', false) as is_billable,
        products.invoice_id is not null as is_invoiced,
        coalesce(invoices.is_money_population, false)
        and not coalesce(products.is_cancelled, false) as is_money_population,
        coalesce(products.billable_option = 'Billable', false)
        and products.invoice_id is null
        and not coalesce(products.is_cancelled, false) as is_unbilled,
        coalesce(products.unit_cost_amount, 0) = 0 as is_cost_missing,
        -- measures
        coalesce(products.quantity, 0) as quantity,
        coalesce(products.cancelled_quantity, 0) as cancelled_quantity,
        products.unit_price_amount,
        products.unit_cost_amount,
        coalesce(products.extended_price_amount, 0) as extended_price_amount,
        coalesce(products.extended_cost_amount, 0) as extended_cost_amount,
        cast(
            coalesce(products.extended_price_amount, 0)
            - coalesce(products.extended_cost_amount, 0) as decimal(19, 4)
        ) as margin_amount,
        coalesce(products.agreement_amount, 0) as agreement_amount,
        -- bookkeeping
        products.updated_at,
        products.synced_at
    from products
    left join {{ ref('fct_invoice') }} as invoices
        on products.invoice_id = invoices.invoice_id

)

select * from final
