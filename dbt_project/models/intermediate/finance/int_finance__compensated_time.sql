-- What covered time is worth, and what of it is left once the agreement's limit of
-- compensation is kept: when a month's value is above it, every entry is written down
-- by the same share. ConnectWise's own value comes first, covered hours at the standard
-- rate second.
with entries as (

    select
        entries.time_entry_id,
        entries.agreement_id,
        cast({{ dbt.date_trunc('month', 'entries.work_date') }} as date)
            as month_start_date,
        cast(
            case
                when entries.agreement_amount <> 0 then entries.agreement_amount
                else entries.agreement_hours * rates.standard_rate_amount
            end as decimal(19, 4)
        ) as value_amount,
        agreements.compensation_limit_amount as limit_amount
    from {{ ref('fct_time_entry') }} as entries
    inner join {{ ref('int_finance__agreements') }} as agreements
        on entries.agreement_id = agreements.agreement_id
    left join {{ ref('int_finance__standard_rates') }} as rates
        on entries.time_entry_id = rates.time_entry_id
    where
        (entries.agreement_amount <> 0 or entries.agreement_hours > 0)
        and entries.work_date is not null

),

totals as (

    select
        *,
        sum(value_amount) over (
            partition by agreement_id, month_start_date
        ) as month_value_amount
    from entries

),

final as (

    select
        time_entry_id,
        agreement_id,
        month_start_date,
        value_amount,
        cast(
            case
                when limit_amount > 0 and month_value_amount > limit_amount
                    then value_amount * limit_amount / month_value_amount
                else value_amount
            end as decimal(19, 4)
        ) as compensated_amount
    from totals

)

select * from final
