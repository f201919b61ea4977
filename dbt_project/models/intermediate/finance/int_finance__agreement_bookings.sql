{{ config(materialized='table') }}

-- What was worked, billed and spent on each agreement in each month, from all that
-- names it.
with labour as (

    select
        agreement_id,
        cast({{ dbt.date_trunc('month', 'work_date') }} as date) as month_start_date,
        sum(actual_hours) as labour_actual_hours,
        sum(case when billed_hours > 0 then billed_hours else actual_hours end)
            as labour_rounded_hours,
        sum(agreement_hours) as labour_covered_hours,
        sum(case when is_cost_missing then actual_hours else 0 end)
            as cost_missing_hours,
        sum(labour_cost_amount) as labour_cost_amount
    from {{ ref('fct_time_entry') }}
    where agreement_id is not null
    group by 1, 2

),

compensated as (

    select
        agreement_id,
        month_start_date,
        sum(value_amount) as labour_value_amount,
        sum(compensated_amount) as compensated_amount
    from {{ ref('int_finance__compensated_time') }}
    group by 1, 2

),

revenue as (

    select
        agreement_id,
        month_start_date,
        sum(revenue_amount) as revenue_amount,
        sum(case when line_type = 'product' then cost_amount end)
            as product_cost_amount
    from {{ ref('int_finance__revenue_months') }}
    where agreement_id is not null
    group by 1, 2

),

additions as (

    select
        agreement_id,
        month_start_date,
        sum(price_amount) as additions_price_amount,
        sum(cost_amount) as additions_cost_amount,
        sum(mrr_amount) as additions_mrr_amount
    from {{ ref('int_finance__addition_months') }}
    group by 1, 2

),

expenses as (

    select
        agreement_id,
        cast({{ dbt.date_trunc('month', 'expense_date') }} as date)
            as month_start_date,
        sum(expense_amount) as expense_cost_amount
    from {{ ref('fct_expense') }}
    where agreement_id is not null
    group by 1, 2

),

united as (

    select * from labour
    union all by name
    select * from compensated
    union all by name
    select * from revenue
    union all by name
    select * from additions
    union all by name
    select * from expenses

),

final as (

    select
        agreement_id,
        month_start_date,
        sum(labour_actual_hours) as labour_actual_hours,
        sum(labour_rounded_hours) as labour_rounded_hours,
        sum(labour_covered_hours) as labour_covered_hours,
        sum(cost_missing_hours) as cost_missing_hours,
        sum(labour_cost_amount) as labour_cost_amount,
        sum(labour_value_amount) as labour_value_amount,
        sum(compensated_amount) as compensated_amount,
        sum(revenue_amount) as revenue_amount,
        sum(product_cost_amount) as product_cost_amount,
        sum(additions_price_amount) as additions_price_amount,
        sum(additions_cost_amount) as additions_cost_amount,
        sum(additions_mrr_amount) as additions_mrr_amount,
        sum(expense_cost_amount) as expense_cost_amount
    from united
    group by agreement_id, month_start_date

)

select * from final
