{{ config(
    meta={'dagster': {'ref': {'name': 'fct_ar_ageing'}}},
) }}

-- Today's buckets, on either basis, hold every balance of issued invoices; and a past
-- day holds all that was billed by then less all that was settled.
with buckets as (

    select
        as_of_date,
        is_today,
        sum(balance_amount) as balance_amount,
        sum(case when due_date_bucket is not null then balance_amount end)
            as by_due_date_amount,
        sum(case when invoice_date_bucket is not null then balance_amount end)
            as by_invoice_date_amount
    from {{ ref('fct_ar_ageing') }}
    group by as_of_date, is_today

),

billed as (

    select
        buckets.as_of_date,
        sum(case when buckets.is_today then invoices.balance_amount
            else invoices.total_amount end) as amount
    from buckets
    inner join {{ ref('fct_invoice') }} as invoices
        on invoices.invoice_date <= buckets.as_of_date
    where invoices.is_issued
    group by buckets.as_of_date

),

settled as (

    select
        buckets.as_of_date,
        sum(settlements.amount) as amount
    from buckets
    inner join {{ ref('int_finance__settlements') }} as settlements
        on settlements.settled_date <= buckets.as_of_date
    inner join {{ ref('fct_invoice') }} as invoices
        on settlements.invoice_id = invoices.invoice_id
        and invoices.invoice_date <= buckets.as_of_date
    where invoices.is_issued and not buckets.is_today
    group by buckets.as_of_date

)

select
    buckets.*,
    billed.amount as billed_amount,
    settled.amount as settled_amount
from buckets
left join billed on buckets.as_of_date = billed.as_of_date
left join settled on buckets.as_of_date = settled.as_of_date
where
    buckets.balance_amount
    <> coalesce(billed.amount, 0) - coalesce(settled.amount, 0)
    or buckets.by_due_date_amount <> buckets.balance_amount
    or buckets.by_invoice_date_amount <> buckets.balance_amount
