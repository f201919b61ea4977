{{ config(
    meta={'dagster': {'ref': {'name': 'member_cost_daily'}}},
) }}

-- The cost that was filed for a day is that of the version which held at its last sync.
with days as (

    select
        *,
        {{ reporting_date('valid_from') }} as from_date,
        {{ reporting_date('valid_to') }} as until_date
    from {{ ref('dim_member_history') }}

)

select
    filed.snapshot_date,
    filed.member_id,
    filed.hourly_cost_amount,
    days.hourly_cost_amount as version_cost_amount
from {{ ref('member_cost_daily') }} as filed
left join days
    on
        filed.member_id = days.member_id
        and filed.snapshot_date >= days.from_date
        and (days.until_date is null or filed.snapshot_date < days.until_date)
where
    days.member_version_id is null
    or filed.hourly_cost_amount is distinct from days.hourly_cost_amount
