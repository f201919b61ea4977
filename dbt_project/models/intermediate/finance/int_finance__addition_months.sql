{{ config(materialized='table') }}

-- What an addition costs and brings in each month that it is in force. The first day
-- counts and the day of cancellation does not; a part of a month counts by its days,
-- if the agreement prorates, else the month's last day decides. Terms are those that
-- were filed in the month; without a filing they are those of today.
with additions as (

    select
        additions.addition_id,
        additions.agreement_id,
        coalesce(additions.product_id, 0) as product_id,
        additions.product_identifier,
        coalesce(additions.effective_date, agreements.first_date) as effective_date,
        additions.cancelled_date,
        additions.quantity - coalesce(additions.included_quantity, 0)
            as billed_units,
        additions.quantity,
        additions.unit_price_amount,
        additions.unit_cost_amount,
        {{ addition_price('additions') }} as price_amount,
        {{ addition_cost('additions') }} as cost_amount,
        agreements.is_recurring,
        agreements.is_prorated,
        agreements.cycle_months,
        agreements.last_date as agreement_last_date
    from {{ ref('stg_connectwise__agreement_addition') }} as additions
    inner join {{ ref('int_finance__agreements') }} as agreements
        on additions.agreement_id = agreements.agreement_id

),

ended as (

    select
        *,
        case
            when agreement_last_date < cancelled_date - 1 then agreement_last_date
            else coalesce(cancelled_date - 1, agreement_last_date)
        end as last_date
    from additions

),

in_force as (

    select
        ended.*,
        months.month_start_date,
        months.month_end_date,
        months.period_end_date,
        case
            when ended.effective_date > months.month_start_date
                then ended.effective_date
            else months.month_start_date
        end as from_date,
        case
            when ended.last_date < months.month_end_date then ended.last_date
            else months.month_end_date
        end as to_date
    from ended
    inner join {{ ref('int_finance__months') }} as months
        on ended.effective_date <= months.month_end_date
        and coalesce(ended.last_date >= months.month_start_date, true)
    where
        coalesce(ended.last_date >= ended.effective_date, true)
        -- What does not recur is bought once, in its first month.
        and (
            ended.is_recurring
            or {{ dbt.date_trunc('month', 'ended.effective_date') }}
            = months.month_start_date
        )

),

-- A filing counts as a whole: what was empty then is not what it is today.
termed as (

    select
        in_force.*
        replace (
            {% for term in [
                'quantity', 'billed_units', 'unit_price_amount', 'unit_cost_amount',
                'price_amount', 'cost_amount',
            ] %}
            case when filed.addition_id is null then in_force.{{ term }}
            else filed.{{ term }} end as {{ term }}{{ ',' if not loop.last }}
            {% endfor %}
        )
    from in_force
    left join {{ ref('int_finance__addition_terms') }} as filed
        on in_force.addition_id = filed.addition_id
        and in_force.month_start_date = filed.month_start_date

),

shares as (

    select
        *,
        {{ dbt.datediff('from_date', 'to_date', 'day') }} + 1 as active_days,
        from_date <= period_end_date and to_date >= period_end_date
            as is_active_at_period_end,
        case
            when not is_recurring then 1
            when is_prorated
                then cast(
                    {{ dbt.datediff('from_date', 'to_date', 'day') }} + 1 as double
                ) / extract('day' from month_end_date)
            when to_date = month_end_date then 1
            else 0
        end / coalesce(cycle_months, 1) as month_share
    from termed

),

final as (

    select
        addition_id,
        agreement_id,
        product_id,
        product_identifier,
        month_start_date,
        active_days,
        is_active_at_period_end,
        quantity,
        billed_units,
        unit_price_amount,
        unit_cost_amount,
        cast(round(price_amount * month_share, 2) as decimal(19, 4)) as price_amount,
        cast(round(cost_amount * month_share, 2) as decimal(19, 4)) as cost_amount,
        cast(
            case
                when is_recurring and is_active_at_period_end
                    then round(price_amount / cycle_months, 2)
                else 0
            end as decimal(19, 4)
        ) as mrr_amount
    from shares

)

select * from final
