{{ config(materialized='table') }}

-- Every month in which an agreement runs, with an invoice or without; and every other
-- month in which something was booked, billed or spread on it.
with agreements as (

    select * from {{ ref('int_finance__agreements') }}

),

active as (

    select
        agreements.agreement_id,
        months.month_start_date
    from agreements
    inner join {{ ref('int_finance__months') }} as months
        on agreements.first_date <= months.month_end_date
        and coalesce(agreements.last_date >= months.month_start_date, true)
    where coalesce(agreements.last_date >= agreements.first_date, true)

),

mentioned as (

    select
        agreement_id,
        work_date as day
    from {{ ref('fct_time_entry') }}
    union all
    select agreement_id, expense_date from {{ ref('fct_expense') }}
    union all
    select agreement_id, month_start_date
    from {{ ref('int_finance__revenue_months') }}
    union all
    select agreement_id, effective_date
    from {{ ref('stg_connectwise__agreement_adjustment') }}
    union all
    select agreement_id, used_date from {{ ref('int_finance__agreement_uses') }}

),

pairs as (

    select * from active
    union
    select
        agreement_id,
        cast({{ dbt.date_trunc('month', 'day') }} as date)
    from mentioned
    where agreement_id is not null and day is not null

),

final as (

    select
        pairs.agreement_id,
        pairs.month_start_date,
        cast({{ dbt.last_day('pairs.month_start_date', 'month') }} as date)
            as month_end_date,
        coalesce(
            months.period_end_date,
            cast({{ dbt.last_day('pairs.month_start_date', 'month') }} as date)
        ) as period_end_date,
        coalesce(months.is_complete_month, false) as is_complete_month,
        pairs.month_start_date > clock.as_of_date as is_future_month
    from pairs
    cross join {{ ref('int_core__as_of') }} as clock
    left join {{ ref('int_finance__months') }} as months
        on pairs.month_start_date = months.month_start_date

)

select * from final
