{{ config(materialized='table') }}

-- What recurs at the end of each month by company and by what it is for: the fee of an
-- agreement, or a product of its additions. A fee has no quantity that the API tells.
with months as (

    select
        * exclude (currency_code),
        coalesce(currency_code, 'unknown') as currency_code
    from {{ ref('fct_agreement_month') }}
    where not is_future_month and company_id is not null

),

fees as (

    select
        company_id,
        currency_code,
        month_start_date,
        'fee ' || cast(agreement_id as varchar) as line_name,
        cast(1 as decimal(19, 4)) as units,
        base_mrr_amount as mrr_amount
    from months
    where base_mrr_amount <> 0

),

additions as (

    select
        months.company_id,
        months.currency_code,
        months.month_start_date,
        'product ' || cast(additions.product_id as varchar) as line_name,
        sum(additions.billed_units) as units,
        sum(additions.mrr_amount) as mrr_amount
    from months
    inner join {{ ref('int_finance__addition_months') }} as additions
        on months.agreement_id = additions.agreement_id
        and months.month_start_date = additions.month_start_date
    where additions.mrr_amount <> 0 and months.is_active_at_period_end
    group by 1, 2, 3, 4

),

final as (

    select * from fees
    union all by name
    select * from additions

)

select * from final
