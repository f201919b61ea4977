{{ config(
    meta={'dagster': {'ref': {'name': 'fct_agreement_month'}}},
) }}

-- What agreements brought in all their months, and what was billed beside them, is what
-- was invoiced; so is what companies brought. Spreading a fee loses and doubles nothing.
with sums as (

    select
        (
            select coalesce(sum(revenue_amount), 0)
            from {{ ref('fct_agreement_month') }}
        ) as agreements_amount,
        (
            select coalesce(sum(amount), 0)
            from {{ ref('fct_invoice_line') }}
            where agreement_id is null and invoice_date is not null
        ) as other_amount,
        (
            select coalesce(sum(subtotal_amount), 0)
            from {{ ref('fct_invoice') }}
            where invoice_date is not null
        ) as invoiced_amount

)

select * from sums
where agreements_amount + other_amount <> invoiced_amount
