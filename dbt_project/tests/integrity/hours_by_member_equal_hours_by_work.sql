{{ config(
    meta={'dagster': {'ref': {'name': 'fct_time_entry'}}},
) }}

-- The same hours, cut by member and day, by work class, and as ConnectWise holds them.
with staged as (

    select coalesce(sum(actual_hours), 0) as hours
    from {{ ref('stg_connectwise__time_entry') }}

),

by_work as (

    select
        coalesce(sum(actual_hours) filter (where work_class = 'project'), 0)
        + coalesce(sum(actual_hours) filter (where work_class = 'service ticket'), 0)
        + coalesce(sum(actual_hours) filter (where work_class = 'other'), 0) as hours,
        coalesce(
            sum(actual_hours) filter (where member_id is null or work_date is null), 0
        ) as hours_without_member_or_day
    from {{ ref('fct_time_entry') }}

),

by_member as (

    select
        coalesce(sum(logged_hours), 0) as hours,
        coalesce(sum(project_hours + service_ticket_hours + other_hours), 0)
            as hours_by_class
    from {{ ref('fct_member_day') }}

)

select
    staged.hours as staged_hours,
    by_work.hours as work_hours,
    by_member.hours as member_hours
from staged
cross join by_work
cross join by_member
where
    staged.hours <> by_work.hours
    or by_member.hours <> by_work.hours - by_work.hours_without_member_or_day
    or by_member.hours <> by_member.hours_by_class
