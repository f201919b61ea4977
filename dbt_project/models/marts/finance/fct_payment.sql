with payments as (

    select * from {{ ref('stg_connectwise__invoice_payment') }}

),

final as (

    select
        -- keys
        payments.invoice_payment_id,
        payments.invoice_id,
        invoices.company_id,
        payments.credit_invoice_id,
        -- attributes
        payments.payment_date,
        payments.payment_type,
        payments.payment_source,
        invoices.currency_code,
        invoices.invoice_date,
        invoices.due_date,
        -- flags
        coalesce(payments.payment_type = 'Credit', false) as is_credit,
        coalesce(invoices.is_money_population, false)
        and not coalesce(payments.payment_type = 'Credit', false)
            as is_money_population,
        -- measures
        coalesce(payments.payment_amount, 0) as payment_amount,
        {{ dbt.datediff('invoices.invoice_date', 'payments.payment_date', 'day') }}
            as days_to_pay,
        {{ dbt.datediff('invoices.due_date', 'payments.payment_date', 'day') }}
            as days_past_due,
        cast(
            coalesce(payments.payment_amount, 0) * {{ dbt.datediff(
                'invoices.invoice_date', 'payments.payment_date', 'day'
            ) }} as decimal(19, 4)
        ) as weighted_days,
        -- bookkeeping
        payments.updated_at,
        payments.synced_at
    from payments
    left join {{ ref('fct_invoice') }} as invoices
        on payments.invoice_id = invoices.invoice_id

)

select * from final
