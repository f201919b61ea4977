-- What was settled of each invoice and when: payments and credits by their date; and
-- what the invoice says was settled beyond them, by the day on which it last changed.
with invoices as (

    select
        invoice_id,
        total_amount,
        balance_amount,
        case
            when {{ reporting_date('updated_at') }} < invoice_date then invoice_date
            else {{ reporting_date('updated_at') }}
        end as last_change_date
    from {{ ref('fct_invoice') }}

),

settled as (

    select
        invoices.invoice_id,
        payments.invoice_payment_id,
        payments.payment_date as settled_date,
        payments.payment_amount as amount,
        true as is_dated
    from invoices
    inner join {{ ref('fct_payment') }} as payments
        on invoices.invoice_id = payments.invoice_id
    where payments.payment_date is not null

),

undated as (

    select
        invoices.invoice_id,
        0 as invoice_payment_id,
        invoices.last_change_date as settled_date,
        invoices.total_amount - invoices.balance_amount
        - coalesce(sum(settled.amount), 0) as amount,
        false as is_dated
    from invoices
    left join settled on invoices.invoice_id = settled.invoice_id
    group by
        invoices.invoice_id,
        invoices.last_change_date,
        invoices.total_amount,
        invoices.balance_amount

),

final as (

    select * from settled
    union all by name
    select * from undated
    where amount <> 0

)

select * from final
