with invoices as (

    select * from {{ ref('stg_connectwise__invoice') }}

),

projects as (

    select * from {{ ref('stg_connectwise__project') }}

),

home as (

    select home_currency_code from {{ ref('int_core__home_currency') }}

),

-- An invoice has no lines in the API: they are the records that name it.
records as (

    select
        invoice_id,
        invoiced_amount as amount,
        coalesce(billed_hours <> invoiced_hours, false) as is_edited
    from {{ ref('stg_connectwise__time_entry') }}
    union all
    select
        invoice_id,
        invoiced_amount,
        false
    from {{ ref('stg_connectwise__expense_entry') }}
    union all
    select
        invoice_id,
        extended_price_amount,
        false
    from {{ ref('stg_connectwise__product') }}
    where not is_cancelled

),

sums as (

    select
        invoice_id,
        sum(amount) as records_amount,
        count(*) as records_count,
        count(*) filter (where is_edited) as edited_count
    from records
    where invoice_id is not null
    group by invoice_id

),

compared as (

    select
        invoices.*,
        coalesce(projects.billing_method, '') = 'FixedFee' as is_fixed_fee,
        coalesce(sums.records_count, 0) as records_count,
        coalesce(sums.edited_count, 0) as edited_count,
        -- The agreement's own amount has no record: it is taken from the invoice.
        coalesce(sums.records_amount, 0) + coalesce(invoices.agreement_amount, 0)
            as records_amount,
        coalesce(invoices.subtotal_amount, 0) as recorded_amount
    from invoices
    left join sums on invoices.invoice_id = sums.invoice_id
    left join projects on invoices.project_id = projects.project_id

),

judged as (

    select
        *,
        records_amount - recorded_amount as difference_amount,
        case
            when abs(records_amount - recorded_amount) < 0.05 then 'none'
            when edited_count > 0 then 'time edited after invoicing'
            when invoice_type = 'DownPayment' then 'down payment'
            when is_fixed_fee then 'fixed fee'
            when records_amount > recorded_amount then 'more records than billed'
            else 'records are missing'
        end as cause
    from compared

),

final as (

    select
        judged.invoice_id,
        judged.company_id,
        judged.invoice_number,
        judged.currency_code,
        judged.invoice_date,
        judged.records_count,
        judged.edited_count,
        cast(judged.records_amount as decimal(19, 4)) as records_amount,
        cast(judged.recorded_amount as decimal(19, 4)) as recorded_amount,
        cast(judged.difference_amount as decimal(19, 4)) as difference_amount,
        case
            when
                coalesce(judged.currency_code, home.home_currency_code)
                = home.home_currency_code
                then cast(judged.difference_amount as decimal(19, 4))
        end as home_difference_amount,
        judged.cause,
        judged.cause in ('none', 'down payment', 'fixed fee') as is_reconciled
    from judged
    cross join home

)

select * from final
