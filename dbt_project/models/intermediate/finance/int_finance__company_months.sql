-- What a company was billed, brought and cost in each month, from all that names it.
with billed as (

    select
        company_id,
        invoice_date as day,
        subtotal_amount as invoiced_amount
    from {{ ref('fct_invoice') }}

),

revenue as (

    select
        company_id,
        month_start_date as day,
        revenue_amount,
        case when line_type = 'product' then cost_amount end as product_cost_amount,
        case when line_type = 'agreement' then revenue_amount end
            as agreement_fee_amount
    from {{ ref('int_finance__revenue_months') }}

),

agreements as (

    select
        company_id,
        month_start_date as day,
        mrr_amount,
        additions_cost_amount,
        labour_covered_hours as covered_hours,
        labour_value_amount as covered_value_amount
    from {{ ref('fct_agreement_month') }}

),

labour as (

    select
        company_id,
        work_date as day,
        actual_hours,
        labour_cost_amount,
        case when is_cost_missing then actual_hours end as cost_missing_hours
    from {{ ref('fct_time_entry') }}
    where not is_absence

),

expenses as (

    select
        company_id,
        expense_date as day,
        expense_amount as expense_cost_amount
    from {{ ref('fct_expense') }}

),

configurations as (

    select
        company_id,
        month_start_date as day,
        seats,
        case when is_endpoint then configurations_count end as endpoints_count
    from {{ ref('fct_configuration_month') }}

),

balances as (

    select
        company_id,
        as_of_date as day,
        balance_amount,
        case when is_overdue then balance_amount end as overdue_amount
    from {{ ref('fct_ar_ageing') }}

),

united as (

    select * from billed
    union all by name
    select * from revenue
    union all by name
    select * from agreements
    union all by name
    select * from labour
    union all by name
    select * from expenses
    union all by name
    select * from configurations
    union all by name
    select * from balances

),

final as (

    select
        united.company_id,
        cast({{ dbt.date_trunc('month', 'united.day') }} as date) as month_start_date,
        {{ sum_or_zero('sum(united.invoiced_amount)') }} as invoiced_amount,
        {{ sum_or_zero('sum(united.revenue_amount)') }} as revenue_amount,
        {{ sum_or_zero('sum(united.agreement_fee_amount)') }} as agreement_fee_amount,
        {{ sum_or_zero('sum(united.mrr_amount)') }} as mrr_amount,
        {{ sum_or_zero('sum(united.covered_hours)') }} as covered_hours,
        {{ sum_or_zero('sum(united.covered_value_amount)') }} as covered_value_amount,
        {{ sum_or_zero('sum(united.actual_hours)') }} as labour_actual_hours,
        {{ sum_or_zero('sum(united.cost_missing_hours)') }} as cost_missing_hours,
        {{ sum_or_zero('sum(united.labour_cost_amount)') }} as labour_cost_amount,
        {{ sum_or_zero('sum(united.additions_cost_amount)') }}
            as additions_cost_amount,
        {{ sum_or_zero('sum(united.product_cost_amount)') }} as product_cost_amount,
        {{ sum_or_zero('sum(united.expense_cost_amount)') }} as expense_cost_amount,
        {{ sum_or_zero('sum(united.seats)') }} as seats,
        {{ sum_or_zero('sum(united.endpoints_count)') }} as endpoints_count,
        {{ sum_or_zero('sum(united.balance_amount)') }} as ar_balance_amount,
        {{ sum_or_zero('sum(united.overdue_amount)') }} as overdue_amount
    from united
    where united.company_id is not null and united.day is not null
    group by 1, 2

)

select * from final
