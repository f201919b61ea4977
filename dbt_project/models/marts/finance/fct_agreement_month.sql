with spine as (

    select * from {{ ref('int_finance__agreement_spine') }}

),

joined as (

    select
        spine.*,
        agreements.company_id,
        agreements.family_agreement_id,
        agreements.agreement_type_id,
        agreements.currency_code,
        coalesce(agreements.is_home_currency, false) as is_home_currency,
        coalesce(agreements.is_internal_company, false) as is_internal_company,
        agreements.application_units,
        agreements.agreement_id is not null
        and coalesce(agreements.first_date <= spine.period_end_date, false)
        and coalesce(agreements.last_date >= spine.period_end_date, true)
        and coalesce(agreements.last_date >= agreements.first_date, true)
        and not spine.is_future_month as is_active_at_period_end,
        agreements.is_recurring,
        coalesce(fees.bill_amount, agreements.bill_amount) as bill_amount,
        case when fees.agreement_id is null then 'record' else 'snapshot' end
            as mrr_source,
        agreements.cycle_months
    from spine
    left join {{ ref('int_finance__agreements') }} as agreements
        on spine.agreement_id = agreements.agreement_id
    left join {{ ref('int_finance__agreement_fees') }} as fees
        on spine.agreement_id = fees.agreement_id
        and spine.month_start_date = fees.month_start_date

),

measured as (

    select
        joined.*,
        {{ sum_or_zero('round(case when joined.is_active_at_period_end
            and joined.is_recurring
            then joined.bill_amount / joined.cycle_months end, 2)') }}
            as base_mrr_amount,
        {{ sum_or_zero('case when joined.is_active_at_period_end
            then booked.additions_mrr_amount end') }} as additions_mrr_amount,
        {{ sum_or_zero('booked.revenue_amount') }} as revenue_amount,
        {{ sum_or_zero('booked.additions_price_amount') }}
            as additions_price_amount,
        {{ sum_or_zero('booked.additions_cost_amount') }} as additions_cost_amount,
        {{ sum_or_zero('booked.labour_actual_hours') }} as labour_actual_hours,
        {{ sum_or_zero('booked.labour_rounded_hours') }} as labour_rounded_hours,
        {{ sum_or_zero('booked.labour_covered_hours') }} as labour_covered_hours,
        {{ sum_or_zero('booked.cost_missing_hours') }} as cost_missing_hours,
        {{ sum_or_zero('booked.labour_cost_amount') }} as labour_cost_amount,
        {{ sum_or_zero('booked.labour_value_amount') }} as labour_value_amount,
        {{ sum_or_zero('booked.compensated_amount') }} as compensated_amount,
        {{ sum_or_zero('booked.expense_cost_amount') }} as expense_cost_amount,
        {{ sum_or_zero('booked.product_cost_amount') }} as product_cost_amount
    from joined
    left join {{ ref('int_finance__agreement_bookings') }} as booked
        using (agreement_id, month_start_date)

),

profits as (

    select
        *,
        cast(base_mrr_amount + additions_mrr_amount as decimal(19, 4)) as mrr_amount,
        revenue_amount - additions_cost_amount as net_revenue_amount,
        cast(
            revenue_amount - labour_cost_amount - additions_cost_amount
            - expense_cost_amount - product_cost_amount as decimal(19, 4)
        ) as gross_profit_amount
    from measured

),

final as (

    select
        -- keys
        profits.agreement_id,
        profits.month_start_date,
        profits.company_id,
        profits.family_agreement_id,
        profits.agreement_type_id,
        -- attributes
        profits.currency_code,
        profits.application_units,
        profits.period_end_date,
        profits.mrr_source,
        -- flags
        profits.is_active_at_period_end,
        coalesce(profits.is_recurring, false) as is_recurring,
        profits.is_complete_month,
        profits.is_future_month,
        profits.is_home_currency,
        profits.is_home_currency
        and not profits.is_internal_company
        and not profits.is_future_month as is_money_population,
        balances.limit_units is not null as is_limited,
        -- measures: the end of the period
        profits.base_mrr_amount,
        profits.additions_mrr_amount,
        profits.mrr_amount,
        profits.revenue_amount,
        profits.additions_price_amount,
        profits.additions_cost_amount,
        profits.labour_actual_hours,
        profits.labour_rounded_hours,
        profits.labour_covered_hours,
        profits.cost_missing_hours,
        profits.labour_cost_amount,
        profits.labour_value_amount,
        profits.compensated_amount,
        profits.expense_cost_amount,
        profits.product_cost_amount,
        profits.gross_profit_amount,
        cast(profits.revenue_amount * targets.target_value / 100 as decimal(19, 4))
            as target_cost_amount,
        {{ pct('profits.gross_profit_amount', 'profits.revenue_amount') }}
            as margin_pct,
        {{ ratio('profits.revenue_amount', 'profits.labour_actual_hours') }}
            as ehr_gross_amount,
        {{ ratio('profits.net_revenue_amount', 'profits.labour_actual_hours') }}
            as ehr_net_of_additions_amount,
        {{ ratio('profits.net_revenue_amount', 'profits.labour_rounded_hours') }}
            as ehr_net_rounded_amount,
        -- measures: what is granted and used, in application units
        balances.limit_units,
        balances.granted_units,
        balances.adjusted_units,
        balances.used_units,
        balances.weekly_used_units,
        balances.account_granted_units,
        balances.account_used_units,
        balances.total_expired_units,
        balances.balance_units
    from profits
    left join {{ ref('int_finance__agreement_balances') }} as balances
        using (agreement_id, month_start_date)
    left join {{ ref('target') }} as targets on targets.target = 'agreement_cost_pct'

)

select * from final
