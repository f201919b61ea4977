-- Until when an agreement runs, how long its billing cycle is, and whose family it
-- belongs to: what every monthly figure of agreements asks first.
with agreements as (

    select * from {{ ref('stg_connectwise__agreement') }}

),

joined as (

    select
        agreements.*,
        cycles.billing_cycle_length,
        {{ cycle_months('cycles.billing_cycle_length') }} as cycle_months,
        -- Two levels of parents; a parent that cannot be read still names the family.
        coalesce(
            parents.parent_agreement_id,
            agreements.parent_agreement_id,
            agreements.agreement_id
        ) as family_agreement_id,
        coalesce(
            agreements.currency_code,
            companies.currency_code,
            home.home_currency_code
        ) as known_currency_code,
        home.home_currency_code,
        coalesce(companies.is_internal, false) as is_internal_company,
        coalesce(
            agreements.start_date,
            agreements.bill_start_date,
            {{ reporting_date('agreements.entered_at') }}
        ) as first_date,
        case
            when agreements.is_cancelled
                then coalesce(
                    agreements.cancelled_date - 1,
                    agreements.end_date,
                    {{ reporting_date('agreements.updated_at') }}
                )
        end as cancelled_after_date,
        case
            when not agreements.is_open_ended then agreements.end_date
        end as planned_last_date
    from agreements
    left join {{ ref('stg_connectwise__billing_cycle') }} as cycles
        on agreements.billing_cycle_id = cycles.billing_cycle_id
    left join agreements as parents
        on agreements.parent_agreement_id = parents.agreement_id
    left join {{ ref('int_core__companies') }} as companies
        on agreements.company_id = companies.company_id
    cross join {{ ref('int_core__home_currency') }} as home

),

final as (

    select
        * exclude (currency_code, cancelled_after_date, planned_last_date),
        known_currency_code as currency_code,
        -- The earlier of the two ends, whichever is known; null while it runs on.
        case
            when planned_last_date < cancelled_after_date then planned_last_date
            else coalesce(cancelled_after_date, planned_last_date)
        end as last_date,
        cycle_months is not null and not is_one_time as is_recurring,
        known_currency_code is not distinct from home_currency_code
            as is_home_currency
    from joined

)

select * from final
