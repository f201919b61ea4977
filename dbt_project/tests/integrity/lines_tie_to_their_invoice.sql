{{ config(
    meta={'dagster': {'ref': {'name': 'fct_invoice_line'}}},
) }}

-- The lines of every invoice add up to its subtotal.
select
    invoices.invoice_id,
    invoices.subtotal_amount,
    coalesce(sum(lines.amount), 0) as lines_amount
from {{ ref('fct_invoice') }} as invoices
left join {{ ref('fct_invoice_line') }} as lines
    on invoices.invoice_id = lines.invoice_id
group by invoices.invoice_id, invoices.subtotal_amount
having coalesce(sum(lines.amount), 0) <> invoices.subtotal_amount
