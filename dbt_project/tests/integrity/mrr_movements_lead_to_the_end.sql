{{ config(
    meta={'dagster': {'ref': {'name': 'fct_mrr_movement'}}},
) }}

-- The start of a period and its movements are what recurs at its end, by company, as
-- the agreements' own months say.
with moved as (

    select
        movements.company_id,
        movements.month_start_date,
        movements.period,
        sum(movements.amount) as end_amount
    from {{ ref('fct_mrr_movement') }} as movements
    group by 1, 2, 3

),

ends as (

    select
        company_id,
        month_start_date,
        sum(mrr_amount) as mrr_amount
    from {{ ref('fct_agreement_month') }}
    where not is_future_month and company_id is not null
    group by 1, 2

),

periods as (

    select
        period,
        min(month_start_date) as first_date
    from moved
    group by period

)

select
    periods.period,
    ends.company_id,
    ends.month_start_date,
    ends.mrr_amount,
    moved.end_amount
from ends
inner join periods on ends.month_start_date >= periods.first_date
left join moved
    on ends.company_id = moved.company_id
    and ends.month_start_date = moved.month_start_date
    and periods.period = moved.period
where ends.mrr_amount <> coalesce(moved.end_amount, 0)
