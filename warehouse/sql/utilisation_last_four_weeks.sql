-- How much of their available time did people spend for clients?
-- One row per member over the last four complete weeks before the clock. Hours are
-- summed before dividing: the mean of weekly percentages would weigh a week of
-- holidays like a full one.
with weeks as (

    select distinct week_start_date
    from reports.rpt_member_utilisation
    where week_start_date + 7 <= (
        select cast(timezone(reporting_time_zone, as_of) as date)
        from meta.as_of
    )
    order by week_start_date desc
    limit 4

)

select
    member_name,
    sum(net_available_hours) as available_hours,
    sum(client_hours) as client_hours,
    sum(billable_hours) as billable_hours,
    round(100 * sum(client_hours) / nullif(sum(net_available_hours), 0), 1)
        as client_utilisation_pct,
    sum(days_without_time_count) as days_without_time_count
from reports.rpt_member_utilisation
where
    is_in_utilisation_reporting
    and week_start_date in (select week_start_date from weeks)
group by member_id, member_name
order by client_utilisation_pct desc nulls last;
