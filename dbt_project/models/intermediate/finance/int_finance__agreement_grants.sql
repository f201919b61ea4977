{{ config(materialized='table') }}

-- What an agreement grants in each month, how it is adjusted and what is used of it. A
-- limit is granted at the start of each of its cycles, or once.
with months as (

    select
        spine.*,
        agreements.is_one_time,
        agreements.is_carried_over,
        nullif(agreements.carry_over_expires_days_count, 0) as expires_days,
        case
            when not agreements.is_unlimited
                then nullif(agreements.application_limit, 0)
        end as limit_units,
        spine.month_end_date >= agreements.first_date
        and coalesce(agreements.last_date >= spine.month_start_date, true)
            as is_running,
        -- Cycles shorter than a month are taken as a month.
        case
            when agreements.application_cycle like '%Quarter' then 3
            when agreements.application_cycle like '%Year' then 12
            else 1
        end as cycle_length,
        case agreements.application_cycle
            when 'CalendarQuarter'
                then {{ dbt.date_trunc('quarter', 'agreements.first_date') }}
            when 'CalendarYear'
                then {{ dbt.date_trunc('year', 'agreements.first_date') }}
            else {{ dbt.date_trunc('month', 'agreements.first_date') }}
        end as anchor_date
    from {{ ref('int_finance__agreement_spine') }} as spine
    inner join {{ ref('int_finance__agreements') }} as agreements
        on spine.agreement_id = agreements.agreement_id
    where not spine.is_future_month

),

cycles as (

    select
        *,
        floor(
            {{ dbt.datediff('anchor_date', 'month_start_date', 'month') }}
            / cast(cycle_length as double)
        ) as cycle_index
    from months

),

uses as (

    select
        spine.agreement_id,
        spine.month_start_date,
        sum(case when uses.used_date >= spine.month_start_date then uses.used_units end)
            as used_units,
        sum(case
            when uses.used_date <= spine.period_end_date then uses.used_units
        end) as trailing_used_units
    from cycles as spine
    inner join {{ ref('int_finance__agreement_uses') }} as uses
        on spine.agreement_id = uses.agreement_id
        and uses.used_date <= spine.month_end_date
        and (
            uses.used_date >= spine.month_start_date
            or uses.used_date > {{ dbt.dateadd(
                'day', -7 * var('runway_weeks'), 'spine.period_end_date'
            ) }}
        )
    group by spine.agreement_id, spine.month_start_date

),

adjustments as (

    select
        agreement_id,
        cast({{ dbt.date_trunc('month', 'effective_date') }} as date)
            as month_start_date,
        sum(adjustment) as adjusted_units
    from {{ ref('stg_connectwise__agreement_adjustment') }}
    group by 1, 2

),

final as (

    select
        cycles.*,
        case
            when not cycles.is_running then 0
            when
                row_number() over (
                    partition by
                        cycles.agreement_id,
                        cycles.is_running,
                        case when not cycles.is_one_time then cycles.cycle_index end
                    order by cycles.month_start_date
                ) = 1
                then coalesce(cycles.limit_units, 0)
            else 0
        end as granted_units,
        coalesce(adjustments.adjusted_units, 0) as adjusted_units,
        coalesce(uses.used_units, 0) as used_units,
        coalesce(uses.trailing_used_units, 0) as trailing_used_units,
        -- One account for the whole life, or one for each cycle.
        case
            when not cycles.is_one_time and not cycles.is_carried_over
                then cycles.cycle_index
        end as account_index
    from cycles
    left join uses
        on cycles.agreement_id = uses.agreement_id
        and cycles.month_start_date = uses.month_start_date
    left join adjustments
        on cycles.agreement_id = adjustments.agreement_id
        and cycles.month_start_date = adjustments.month_start_date

)

select * from final
