{{ config(materialized='table') }}

-- What an agreement grants, what was used of it and what is left, month by month, in
-- its own units. A limit that renews starts again with every cycle, unless the unused
-- part is carried over; one that is bought once runs until it is used up. What is
-- carried over and not used expires so many days after its cycle, oldest first.
with granted as (

    select * from {{ ref('int_finance__agreement_grants') }}

),

running as (

    select
        *,
        sum(granted_units + adjusted_units) over account as total_granted_units,
        sum(used_units) over account as total_used_units
    from granted
    window account as (
        partition by agreement_id, account_index order by month_start_date
    )

),

-- What is left of a cycle is gone by the end of the month in which it expires, unless
-- as much has been used or has expired before.
lots as (

    select
        agreement_id,
        cast({{ dbt.date_trunc(
            'month',
            dbt.dateadd('day', 'cast(expires_days as integer)', 'month_end_date')
        ) }} as date) as expires_month_date,
        max(total_granted_units) as total_granted_units
    from running
    where
        is_carried_over
        and expires_days is not null
        and cast({{ dbt.datediff('anchor_date', 'month_start_date', 'month') }} + 1
        as integer) % cycle_length = 0
    group by 1, 2

),

expired as (

    select
        running.*,
        coalesce(max(
            case
                when lots.total_granted_units > running.total_used_units
                    then lots.total_granted_units - running.total_used_units
            end
        ) over (
            partition by running.agreement_id order by running.month_start_date
        ), 0) as total_expired_units
    from running
    left join lots
        on running.agreement_id = lots.agreement_id
        and running.month_start_date = lots.expires_month_date

),

final as (

    select
        agreement_id,
        month_start_date,
        cast(cycle_index as integer) as cycle_index,
        cast(limit_units as decimal(19, 4)) as limit_units,
        cast(granted_units as decimal(19, 4)) as granted_units,
        cast(adjusted_units as decimal(19, 4)) as adjusted_units,
        cast(used_units as decimal(19, 4)) as used_units,
        cast(trailing_used_units / {{ var('runway_weeks') }}.0 as decimal(19, 4))
            as weekly_used_units,
        cast(total_granted_units as decimal(19, 4)) as account_granted_units,
        cast(total_used_units as decimal(19, 4)) as account_used_units,
        cast(total_expired_units as decimal(19, 4)) as total_expired_units,
        cast(
            case
                when limit_units is not null
                    then total_granted_units - total_used_units - total_expired_units
            end as decimal(19, 4)
        ) as balance_units
    from expired

)

select * from final
