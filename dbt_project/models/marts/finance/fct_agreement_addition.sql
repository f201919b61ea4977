with additions as (

    select * from {{ ref('stg_connectwise__agreement_addition') }}

),

priced as (

    select
        additions.*,
        agreements.company_id,
        agreements.currency_code,
        coalesce(additions.bill_customer, 'Billable') = 'Billable' as is_billable,
        coalesce(
            agreements.is_active
            and coalesce(additions.effective_date <= clock.as_of_date, true)
            and coalesce(additions.cancelled_date > clock.as_of_date, true), false
        ) as is_active,
        coalesce(
            additions.extended_price_amount,
            (additions.quantity - coalesce(additions.included_quantity, 0))
            * additions.unit_price_amount
        ) / coalesce(agreements.cycle_months, 1) as monthly_price_amount,
        coalesce(
            additions.extended_cost_amount,
            additions.quantity * additions.unit_cost_amount
        ) / coalesce(agreements.cycle_months, 1) as monthly_cost_amount
    from additions
    cross join {{ ref('int_core__as_of') }} as clock
    left join {{ ref('dim_agreement') }} as agreements
        on additions.agreement_id = agreements.agreement_id

),

final as (

    select
        -- keys
        addition_id,
        agreement_id,
        company_id,
        product_id,
        -- attributes
        product_identifier,
        description,
        bill_customer,
        currency_code,
        effective_date,
        cancelled_date,
        -- flags
        is_active,
        is_billable,
        coalesce(
            is_billable and unit_price_amount < unit_cost_amount, false
        ) as is_below_cost,
        coalesce(unit_cost_amount, 0) = 0 as is_cost_missing,
        -- measures
        quantity,
        included_quantity,
        unit_price_amount,
        unit_cost_amount,
        {{ sum_or_zero(
            'round(case when is_billable then monthly_price_amount end, 2)'
        ) }} as price_amount,
        {{ sum_or_zero('round(monthly_cost_amount, 2)') }} as cost_amount,
        {{ sum_or_zero(
            'round(case when is_billable then monthly_price_amount else 0 end, 2)'
            ~ ' - round(monthly_cost_amount, 2)'
        ) }} as margin_amount,
        -- bookkeeping
        updated_at,
        synced_at
    from priced

)

select * from final
