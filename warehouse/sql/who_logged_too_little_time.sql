-- Who logged too little time?
-- One row per member who, over the last four complete weeks, logged less than nine
-- tenths of the hours there were, time off taken out of both sides. Who enters time
-- days later shows here for a while: the typical delay stands beside.
with clock as (

    select
        cast(date_trunc('week', timezone(reporting_time_zone, as_of)) as date) as monday
    from meta.as_of

),

lags as (

    select
        member_id,
        median(entry_lag_minutes) / 1440 as lag_days
    from marts.fct_time_entry
    cross join clock
    where not has_doubtful_times and work_date >= clock.monday - 91
    group by member_id

)

select
    members.member_name,
    sum(days.net_available_hours) as available_hours,
    sum(days.worked_hours) as logged_hours,
    sum(days.net_available_hours) - sum(days.worked_hours) as missing_hours,
    round(100 * sum(days.worked_hours) / sum(days.net_available_hours), 1)
        as logged_pct,
    count(*) filter (
        where days.net_available_hours > 0 and days.worked_hours = 0
    ) as days_without_time_count,
    round(any_value(lags.lag_days), 1) as usual_lag_days
from marts.fct_member_day as days
cross join clock
inner join marts.dim_member as members using (member_id)
left join lags using (member_id)
where
    days.is_utilisation_population
    and days.work_date between clock.monday - 28 and clock.monday - 1
group by days.member_id, members.member_name
having sum(days.worked_hours) < 0.9 * sum(days.net_available_hours)
order by missing_hours desc;
