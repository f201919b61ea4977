with agreements as (

    select * from {{ ref('int_finance__agreements') }}

),

clock as (

    select * from {{ ref('int_core__as_of') }}

),

additions as (

    select
        agreement_id,
        count(*) as additions_count,
        sum(extended_price_amount) filter (
            where coalesce(bill_customer, 'Billable') = 'Billable'
        ) as active_additions_price_amount,
        sum(extended_cost_amount) as active_additions_cost_amount
    from {{ ref('stg_connectwise__agreement_addition') }}
    cross join clock
    where
        coalesce(effective_date, as_of_date) <= as_of_date
        and coalesce(cancelled_date > as_of_date, true)
    group by agreement_id

),

-- Deleted or ungranted agreements that time and invoices still point at.
inferred as (

    select
        known.id as agreement_id,
        known.name as agreement_name
    from {{ ref('int_core__references') }} as known
    anti join agreements on known.id = agreements.agreement_id
    where known.kind = 'agreement'

),

united as (

    select
        *,
        false as is_inferred
    from agreements
    union all by name
    select
        *,
        true as is_inferred
    from inferred

),

final as (

    select
        -- keys
        united.agreement_id,
        united.company_id,
        united.bill_to_company_id,
        united.parent_agreement_id,
        coalesce(united.family_agreement_id, united.agreement_id)
            as family_agreement_id,
        united.agreement_type_id,
        united.sla_id,
        united.billing_terms_id,
        united.opportunity_id,
        united.location_id,
        united.department_id,
        -- attributes
        united.agreement_name,
        united.agreement_type_name,
        united.agreement_status,
        united.billing_cycle_name,
        united.application_units,
        united.application_cycle,
        united.currency_code,
        united.start_date,
        united.end_date,
        united.cancelled_date,
        united.last_date,
        united.next_invoice_date,
        -- flags
        coalesce(united.is_cancelled, false) as is_cancelled,
        coalesce(united.is_one_time, false) as is_one_time,
        coalesce(united.covers_time, false) as is_time_covered,
        coalesce(united.covers_products, false) as is_product_covered,
        coalesce(united.covers_expenses, false) as is_expense_covered,
        coalesce(united.is_unlimited, false) as is_unlimited,
        coalesce(united.is_recurring, false) as is_recurring,
        coalesce(united.is_carried_over, false) as is_carried_over,
        coalesce(united.is_prorated, false) as is_prorated,
        coalesce(united.end_date < united.start_date, false) as has_doubtful_dates,
        not united.is_inferred
        and not coalesce(united.is_cancelled, false)
        and coalesce(united.start_date <= clock.as_of_date, true)
        and coalesce(
            united.is_open_ended or united.end_date >= clock.as_of_date, true
        ) as is_active,
        united.is_inferred,
        -- measures
        united.bill_amount,
        cast(united.cycle_months as decimal(19, 4)) as cycle_months,
        united.application_limit,
        nullif(united.compensation_limit_amount, 0) as compensation_limit_amount,
        coalesce(additions.additions_count, 0) as active_additions_count,
        cast(
            coalesce(additions.active_additions_price_amount, 0) as decimal(19, 4)
        ) as active_additions_price_amount,
        cast(
            coalesce(additions.active_additions_cost_amount, 0) as decimal(19, 4)
        ) as active_additions_cost_amount,
        -- bookkeeping
        united.updated_at,
        united.synced_at
    from united
    cross join clock
    left join additions on united.agreement_id = additions.agreement_id

)

select * from final
