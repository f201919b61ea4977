with measured as (

    select * from {{ ref('int_finance__company_months') }}

),

-- A month without any record counts in what was billed within a year of it.
spine as (

    select
        bounds.company_id,
        months.month_start_date,
        months.period_end_date,
        months.is_complete_month
    from (
        select
            company_id,
            min(month_start_date) as first_month_date,
            max(month_start_date) as last_month_date
        from measured
        group by company_id
    ) as bounds
    inner join {{ ref('int_finance__months') }} as months
        on months.month_start_date >= bounds.first_month_date
        and months.month_start_date
        <= {{ dbt.dateadd('month', 12, 'bounds.last_month_date') }}

),

joined as (

    select
        spine.company_id,
        spine.month_start_date,
        spine.period_end_date,
        spine.is_complete_month,
        companies.currency_code,
        coalesce(companies.currency_code, home.home_currency_code)
        is not distinct from home.home_currency_code as is_home_currency,
        coalesce(companies.is_internal, false) as is_internal_company,
        measured.* exclude (company_id, month_start_date),
        sum(measured.invoiced_amount) over (
            partition by spine.company_id
            order by spine.month_start_date
            rows between 11 preceding and current row
        ) as invoiced_12_months_amount,
        sum(measured.agreement_fee_amount) over recent as recent_fee_amount,
        sum(measured.covered_value_amount) over recent as recent_covered_value_amount
    from spine
    cross join {{ ref('int_core__home_currency') }} as home
    left join measured
        on spine.company_id = measured.company_id
        and spine.month_start_date = measured.month_start_date
    left join {{ ref('int_core__companies') }} as companies
        on spine.company_id = companies.company_id
    window recent as (
        partition by spine.company_id
        order by spine.month_start_date
        rows between 2 preceding and current row
    )

),

measured_months as (

    select
        -- keys
        company_id,
        month_start_date,
        -- attributes
        currency_code,
        period_end_date,
        -- flags
        is_complete_month,
        is_home_currency,
        is_internal_company,
        is_home_currency and not is_internal_company as is_money_population,
        -- measures: the month
        {{ sum_or_zero('invoiced_amount') }} as invoiced_amount,
        {{ sum_or_zero('revenue_amount') }} as revenue_amount,
        {{ sum_or_zero('agreement_fee_amount') }} as agreement_fee_amount,
        {{ sum_or_zero('covered_hours') }} as covered_hours,
        {{ sum_or_zero('covered_value_amount') }} as covered_value_amount,
        {{ sum_or_zero('labour_actual_hours') }} as labour_actual_hours,
        {{ sum_or_zero('cost_missing_hours') }} as cost_missing_hours,
        {{ sum_or_zero('labour_cost_amount') }} as labour_cost_amount,
        {{ sum_or_zero('additions_cost_amount') }} as additions_cost_amount,
        {{ sum_or_zero('product_cost_amount') }} as product_cost_amount,
        {{ sum_or_zero('expense_cost_amount') }} as expense_cost_amount,
        {{ sum_or_zero('revenue_amount - labour_cost_amount - additions_cost_amount
            - product_cost_amount - expense_cost_amount') }} as contribution_amount,
        -- measures: three months, twelve months
        {{ sum_or_zero('recent_fee_amount - recent_covered_value_amount') }}
            as shadow_revenue_delta_amount,
        {{ sum_or_zero('invoiced_12_months_amount') }} as invoiced_12_months_amount,
        -- measures: the end of the period
        {{ sum_or_zero('mrr_amount') }} as mrr_amount,
        {{ sum_or_zero('seats') }} as seats,
        {{ sum_or_zero('endpoints_count') }} as endpoints_count,
        {{ sum_or_zero('ar_balance_amount') }} as ar_balance_amount,
        {{ sum_or_zero('overdue_amount') }} as overdue_amount
    from joined

),

ranked as (

    select
        *,
        row_number() over (
            partition by month_start_date, is_money_population
            order by invoiced_12_months_amount desc, company_id
        ) <= 10 as is_top_ten,
        sum(invoiced_12_months_amount) over (
            partition by month_start_date, is_money_population
        ) as everybodys_12_months_amount
    from measured_months

),

final as (

    select
        * exclude (everybodys_12_months_amount),
        -- Squares add up to the index of concentration; of all, it is 10,000 at most.
        round(power(
            100.0 * cast(invoiced_12_months_amount as double)
            / nullif(cast(everybodys_12_months_amount as double), 0), 2
        ), 4) as squared_share_points
    from ranked

)

select * from final
