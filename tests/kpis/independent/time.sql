-- A second reading of people's time on staging, written apart from the marts.

-- Time entries with the day and the kind of work, as they are told in words.
create or replace temp table read_time as
select
    t.*,
    local_day(coalesce(t.started_at, t.entered_at)) as work_day,
    local_day(t.entered_at) as entered_day,
    coalesce(t.actual_hours, 0) as hours,
    a.is_absence,
    not a.is_absence
    and t.company_id is not null
    and t.company_id not in (select company_id from own_companies)
    and coalesce(t.charge_to_type, '') <> 'ChargeCode' as is_for_client,
    t.billable_option is not distinct from 'Billable' as is_billable_time,
    coalesce(w.is_utilised, false) and not a.is_absence as is_utilised_time,
    coalesce(p.billing_method in ('FixedFee', 'NotToExceed'), false)
    and not exists (
        select 1 from staging.stg_connectwise__service_ticket as s
        where s.ticket_id = coalesce(t.ticket_id, t.charge_to_id)
        and t.charge_to_type in ('ServiceTicket', 'ProjectTicket')
    ) as is_fixed,
    w.cost_multiplier
from staging.stg_connectwise__time_entry as t
left join staging.stg_connectwise__work_type as w using (work_type_id)
left join staging.stg_connectwise__project as p using (project_id)
cross join lateral (
    select
        coalesce(t.charge_to_type, '') not in ('ServiceTicket', 'ProjectTicket')
        and exists (
            select 1 from staging.absence as r
            where
                (r.match_on = 'accrual_type' and w.accrual_type ilike r.pattern)
                or (r.match_on = 'work_type_name' and t.work_type_name ilike r.pattern)
                or (
                    r.match_on = 'charge_code_id' and t.charge_to_type = 'ChargeCode'
                    and cast(t.charge_to_id as varchar) ilike r.pattern
                )
        ) as is_absence
) as a;

-- Minutes of the local day at which each calendar usually opens and closes.
create or replace temp table usual_hours as
select
    calendar_id,
    holiday_list_id,
    position as iso_weekday,
    date_diff('minute', time '00:00', cast(opens as time)) as opens_minute,
    case
        when closes >= '23:59' then 1440
        else date_diff('minute', time '00:00', cast(closes as time))
    end as closes_minute
from (
    select
        calendar_id,
        holiday_list_id,
        unnest([
            monday_opens, tuesday_opens, wednesday_opens, thursday_opens, friday_opens,
            saturday_opens, sunday_opens
        ]) as opens,
        unnest([
            monday_closes, tuesday_closes, wednesday_closes, thursday_closes,
            friday_closes, saturday_closes, sunday_closes
        ]) as closes,
        unnest(range(1, 8)) as position
    from staging.stg_connectwise__calendar
)
where opens is not null and closes is not null;

create or replace temp table calendar_zone as
select
    c.calendar_id,
    coalesce(
        (
            select mode(z.iana_name)
            from staging.stg_connectwise__location as l
            join staging.windows_time_zone as z
                on l.time_zone_name in (z.windows_name, z.iana_name)
            where l.calendar_id = c.calendar_id
        ),
        (select reporting_time_zone from meta.as_of)
    ) as zone
from staging.stg_connectwise__calendar as c;

create or replace temp macro zone_minute(text, zone) as
case
    when text like '____-__-__T%'
        then date_diff('minute', time '00:00',
            cast(timezone(zone, cast(text as timestamptz)) as time))
    else date_diff('minute', time '00:00', cast(text as time))
end;

-- Each local day of each calendar: usual minutes, and those that a holiday takes.
create or replace temp table calendar_day_minutes as
select
    u.calendar_id,
    z.zone,
    d.day,
    u.opens_minute,
    u.closes_minute,
    case
        when h.holiday_id is null then null
        when h.is_all_day or h.starts is null then 0
        else zone_minute(h.starts, z.zone)
    end as shut_from,
    case
        when h.holiday_id is null then null
        when h.is_all_day or h.ends is null then 1440
        else zone_minute(h.ends, z.zone)
    end as shut_until
from (
    select cast(unnest(generate_series(
        timestamp '2020-01-01', timestamp '2027-12-31', interval 1 day
    )) as date) as day
) as d
join usual_hours as u on u.iso_weekday = isodow(d.day)
join calendar_zone as z using (calendar_id)
left join staging.stg_connectwise__holiday as h
    on u.holiday_list_id = h.holiday_list_id and d.day = h.holiday_date;

-- Null where one of them is: greatest and least would pass over it.
create or replace temp macro shared_minutes(a, b, c, d) as
case
    when a is not null and b is not null and c is not null and d is not null
        then greatest(0, least(b, d) - greatest(a, c))
end;

-- Days of employment of people, with what each of them was to give.
create or replace temp table capacity_days as
with seen as (
    select member_id, min(work_day) as first_day, max(work_day) as last_day
    from read_time
    where work_day between date '2000-01-01' and as_of_day()
    group by member_id
),

people as (
    select
        m.member_id,
        m.is_in_utilisation_reporting,
        m.daily_capacity_hours,
        coalesce(
            m.calendar_id,
            (select mode(calendar_id) from staging.stg_connectwise__member)
        ) as calendar_id,
        coalesce(
            case when m.hire_date >= date '2000-01-01' then m.hire_date end,
            seen.first_day
        ) as first_day,
        case
            when m.is_inactive then coalesce(m.inactive_date, seen.last_day)
            else as_of_day()
        end as last_day
    from staging.stg_connectwise__member as m
    left join seen using (member_id)
    where coalesce(m.license_class, '') <> 'A'
)

select
    p.member_id,
    p.is_in_utilisation_reporting,
    c.day as work_day,
    coalesce(nullif(p.daily_capacity_hours, 0), c.closes_minute / 60.0
        - c.opens_minute / 60.0) as available,
    coalesce(nullif(p.daily_capacity_hours, 0), c.closes_minute / 60.0
        - c.opens_minute / 60.0) * coalesce(
        shared_minutes(c.opens_minute, c.closes_minute, c.shut_from, c.shut_until)
        / (c.closes_minute - c.opens_minute), 0
    ) as holiday
from people as p
join calendar_day_minutes as c
    on p.calendar_id = c.calendar_id and c.day between p.first_day and p.last_day;

-- What is left of them once absence and holidays are taken off.
create or replace temp table net_days as
select
    c.*,
    greatest(0, c.available - greatest(c.holiday, coalesce(t.off_on_holiday, 0))
        - coalesce(t.off, 0)) as net
from capacity_days as c
left join (
    select
        r.member_id,
        r.work_day,
        sum(case when w.accrual_type = 'Holiday' then r.hours end) as off_on_holiday,
        sum(case when w.accrual_type is distinct from 'Holiday' then r.hours end) as off
    from read_time as r
    left join staging.stg_connectwise__work_type as w using (work_type_id)
    where r.is_absence
    group by 1, 2
) as t on c.member_id = t.member_id and c.work_day = t.work_day;

-- Working time of members in utilisation reporting, on their days of employment.
create or replace temp table reported_time as
select r.*
from read_time as r
join staging.stg_connectwise__member as m using (member_id)
where
    m.is_in_utilisation_reporting
    and r.work_day >= (
        case when m.hire_date >= date '2000-01-01' then m.hire_date
        else (select min(x.work_day) from read_time as x
              where x.member_id = m.member_id and x.work_day >= date '2000-01-01') end)
    and r.work_day <= (
        case when not m.is_inactive then as_of_day() else coalesce(
            m.inactive_date,
            (select max(x.work_day) from read_time as x
             where x.member_id = m.member_id and x.work_day <= as_of_day())
        ) end);
