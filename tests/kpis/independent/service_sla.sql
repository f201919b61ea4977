-- What independent SQL of SLA and satisfaction KPIs may build on, beside service.sql.

create or replace temp macro as_of_moment() as (
    select timezone('UTC', as_of) from meta.as_of
);

-- The UTC moment of a local minute of a day.
create or replace temp macro moment_of(day, minute) as timezone('UTC', timezone(
    (select reporting_time_zone from meta.as_of), day + to_minutes(minute)
));

-- Seconds that two spans of time share.
create or replace temp macro shared_seconds(a, b, c, d) as case
    when (case when a > c then a else c end) < (case when b < d then b else d end)
        then date_diff(
            'second', case when a > c then a else c end,
            case when b < d then b else d end
        )
    else 0
end;

-- Targets in minutes: of the ticket, else of its priority, else of the SLA.
create or replace temp table sla_tickets as
with priorities as (
    select * from staging.stg_connectwise__sla_priority
    qualify row_number() over (
        partition by sla_id, priority_id order by sla_priority_id desc
    ) = 1
),

counted as (
    select
        t.*,
        60 * coalesce(
            t.respond_target_hours, p.respond_target_hours, s.respond_target_hours
        ) as respond_target,
        60 * coalesce(t.plan_target_hours, p.plan_target_hours, s.plan_target_hours)
            as plan_target,
        60 * coalesce(
            t.resolution_target_hours, p.resolution_target_hours,
            s.resolution_target_hours
        ) as resolution_target,
        coalesce(p.respond_goal_pct, s.respond_goal_pct) as respond_goal,
        coalesce(p.plan_goal_pct, s.plan_goal_pct) as plan_goal,
        coalesce(p.resolution_goal_pct, s.resolution_goal_pct) as resolution_goal,
        coalesce(t.respond_minutes, 0) + coalesce(t.respond_skipped_minutes, 0)
            as respond_used,
        coalesce(t.plan_minutes, 0) + coalesce(t.plan_skipped_minutes, 0)
        + coalesce(t.respond_minutes, 0) as plan_used,
        coalesce(t.resolve_minutes, 0) + coalesce(t.plan_minutes, 0)
        + coalesce(t.respond_minutes, 0) as resolution_used,
        coalesce(t.ended_at, as_of_moment()) as judged_at,
        cast(date_trunc('month', t.opened_day) as date) as month
    from counted_tickets as t
    left join staging.stg_connectwise__sla as s on t.sla_id = s.sla_id
    left join priorities as p
        on t.sla_id = p.sla_id and t.priority_id = p.priority_id
    where t.sla_id is not null
)

select
    *,
    case
        when respond_target is null or respond_target <= 0 then null
        when responded_at is not null then respond_used <= respond_target
        when respond_goal_at < judged_at then false
    end as response_met,
    case
        when plan_target is null or plan_target <= 0 then null
        when planned_at is not null then plan_used <= plan_target
        when plan_goal_at < judged_at then false
    end as plan_met,
    case
        when resolution_target is null or resolution_target <= 0 then null
        when resolved_at is not null then resolution_used <= resolution_target
        when resolution_goal_at < judged_at then false
    end as resolution_met
from counted;

-- Runs of one status by the change log alone, within the life of the ticket.
create or replace temp table logged_runs as
with logged as (
    select
        l.ticket_id,
        l.updated_at as began,
        l.status_name,
        l.board_id,
        t.began_at,
        coalesce(t.ended_at, as_of_moment()) as life_end,
        t.is_closed
    from staging.stg_connectwise__service_ticket_changelog as l
    join counted_tickets as t on l.ticket_id = t.ticket_id
    where l.updated_at < coalesce(t.ended_at, as_of_moment())
    qualify row_number() over (
        partition by l.ticket_id, l.updated_at order by l.ticket_changelog_id desc
    ) = 1
),

starts as (
    select *
    from logged
    qualify status_name is distinct from lag(status_name) over (
        partition by ticket_id order by began
    )
)

select
    ticket_id,
    status_name,
    board_id,
    began,
    cast(date_trunc('month', local_day(began)) as date) as month,
    is_closed or lead(began) over each_ticket is not null as is_over,
    coalesce(lead(began) over each_ticket, life_end) as ended,
    date_diff('second', began, coalesce(lead(began) over each_ticket, life_end)) / 60.0
        as minutes
from starts
window each_ticket as (partition by ticket_id order by began);

-- Answers with points, and the most points of their survey.
create or replace temp table rated_answers as
with best as (
    select q.survey_id, q.survey_question_id, max(o.points_count) as points
    from staging.stg_connectwise__survey_question as q
    join staging.stg_connectwise__survey_question__option as o
        on q.survey_question_id = o.survey_question_id
    where q.is_included and o.is_included
    group by all
),

answers as (
    select
        r.*,
        100.0 * r.points_count
        / (select sum(points) from best where best.survey_id = r.survey_id) as score,
        cast(date_trunc('month', local_day(r.updated_at)) as date) as month
    from staging.stg_connectwise__survey_result as r
)

select a.*
from answers as a
where
    a.score is not null
    and a.ticket_id in (
        select ticket_id from staging.stg_connectwise__service_ticket
        where merged_parent_ticket_id is null
        union all
        select ticket_id from staging.stg_connectwise__project_ticket
    );

-- Opening hours of a calendar by day of the week, in minutes; 0 is around the clock.
create or replace temp table week_hours as
with told as (
    unpivot (
        select
            calendar_id, holiday_list_id,
            monday_opens || '-' || monday_closes as "1",
            tuesday_opens || '-' || tuesday_closes as "2",
            wednesday_opens || '-' || wednesday_closes as "3",
            thursday_opens || '-' || thursday_closes as "4",
            friday_opens || '-' || friday_closes as "5",
            saturday_opens || '-' || saturday_closes as "6",
            sunday_opens || '-' || sunday_closes as "7"
        from staging.stg_connectwise__calendar
    ) on "1", "2", "3", "4", "5", "6", "7" into name weekday value hours
)

select
    calendar_id,
    holiday_list_id,
    cast(weekday as integer) as weekday,
    date_diff('minute', time '00:00', cast(split_part(hours, '-', 1) as time)) as opens,
    case
        when cast(split_part(hours, '-', 2) as time) >= time '23:59' then 1440
        else date_diff('minute', time '00:00', cast(split_part(hours, '-', 2) as time))
    end as closes
from told
union all
select 0, null, cast(unnest(range(1, 8)) as integer), 0, 1440;

-- Runs that are over with their business minutes, walked day by day on the calendar of
-- the ticket's SLA, else on the one that most members keep.
create or replace temp table logged_open_runs as
with runs as (
    select
        r.*,
        row_number() over () as run,
        coalesce(
            case s.based_on
                when 'AllHours' then 0
                when 'Custom' then s.custom_calendar_id
                when 'Customer' then c.calendar_id
            end,
            (select mode(calendar_id) from staging.stg_connectwise__member)
        ) as calendar_id
    from logged_runs as r
    join counted_tickets as t using (ticket_id)
    left join staging.stg_connectwise__sla as s using (sla_id)
    left join staging.stg_connectwise__company as c on t.company_id = c.company_id
    where r.is_over
),

days as (
    select
        run, calendar_id, began, ended,
        cast(unnest(generate_series(
            local_day(began), local_day(ended), interval 1 day
        )) as date) as day
    from runs
),

hours as (
    select
        d.*, h.holiday_list_id,
        case when moment_of(d.day, h.opens) > d.began
            then moment_of(d.day, h.opens) else d.began end as from_moment,
        case when moment_of(d.day, h.closes) < d.ended
            then moment_of(d.day, h.closes) else d.ended end as to_moment
    from days as d
    join week_hours as h
        on d.calendar_id = h.calendar_id and isodow(d.day) = h.weekday
),

worked as (
    select
        h.run,
        sum(
            shared_seconds(h.from_moment, h.to_moment, h.from_moment, h.to_moment)
            - coalesce(shared_seconds(
                h.from_moment, h.to_moment,
                case when o.is_all_day then moment_of(h.day, 0)
                    else timezone('UTC', cast(o.starts as timestamptz)) end,
                case when o.is_all_day then moment_of(h.day, 1440)
                    else timezone('UTC', cast(o.ends as timestamptz)) end
            ), 0)
        ) as seconds
    from hours as h
    left join staging.stg_connectwise__holiday as o
        on h.holiday_list_id = o.holiday_list_id and h.day = o.holiday_date
    group by 1
)

select r.*, coalesce(w.seconds, 0) / 60.0 as business_minutes
from runs as r left join worked as w using (run);

-- Our own reading of tickets that only their record's dates tell of: the business time
-- of each stage, walked day by day, waiting taken off behind what came before it.
create or replace temp table recounted_tickets as
with tickets as (
    select
        t.*,
        case
            when happened(t.entered_at) then t.entered_at
            when happened(t.sla_clock_started_at) then t.sla_clock_started_at
            else t.updated_at
        end as opened,
        case s.based_on
            when 'AllHours' then 0
            when 'Custom' then s.custom_calendar_id
            else (select mode(calendar_id) from staging.stg_connectwise__member)
        end as calendar_id
    from staging.stg_connectwise__service_ticket as t
    join staging.stg_connectwise__sla as s using (sla_id)
),

ends as (
    select
        *,
        case
            when not is_closed then null
            when happened(closed_at) and closed_at >= opened then closed_at
            when happened(resolved_at) and resolved_at >= opened then resolved_at
            when happened(updated_at) and updated_at >= opened then updated_at
            else opened
        end as ended
    from tickets
),

steps as (
    select
        ticket_id, calendar_id, opened, waiting_minutes, before_waiting_minutes,
        coalesce(ended, as_of_moment()) as judged_at,
        unnest([
            {'stage': 'response', 'reached': responded_at, 'is_reached': is_closed
                or responded_at is not null, 'target': 60 * respond_target_hours,
             'goal': respond_goal_at, 'counted': coalesce(respond_minutes, 0)
                + coalesce(respond_skipped_minutes, 0)},
            {'stage': 'plan', 'reached': planned_at, 'is_reached': is_closed
                or planned_at is not null, 'target': 60 * plan_target_hours,
             'goal': plan_goal_at, 'counted': coalesce(plan_minutes, 0)
                + coalesce(plan_skipped_minutes, 0) + coalesce(respond_minutes, 0)},
            {'stage': 'resolution', 'reached': resolved_at, 'is_reached': is_closed
                or resolved_at is not null, 'target': 60 * resolution_target_hours,
             'goal': resolution_goal_at, 'counted': coalesce(resolve_minutes, 0)
                + coalesce(plan_minutes, 0) + coalesce(respond_minutes, 0)}
        ], recursive := true)
    from ends
),

spans as (
    select *, coalesce(reached, judged_at) as until from steps
),

days as (
    select
        ticket_id, stage, calendar_id, opened, until,
        cast(unnest(generate_series(
            local_day(opened), local_day(until), interval 1 day
        )) as date) as day
    from spans
),

worked as (
    select
        d.ticket_id,
        d.stage,
        sum(shared_seconds(d.opened, d.until, moment_of(d.day, h.opens),
            moment_of(d.day, h.closes))
        - coalesce(shared_seconds(
            case when moment_of(d.day, h.opens) > d.opened
                then moment_of(d.day, h.opens) else d.opened end,
            case when moment_of(d.day, h.closes) < d.until
                then moment_of(d.day, h.closes) else d.until end,
            case when o.is_all_day then moment_of(d.day, 0)
                else timezone('UTC', cast(o.starts as timestamptz)) end,
            case when o.is_all_day then moment_of(d.day, 1440)
                else timezone('UTC', cast(o.ends as timestamptz)) end
        ), 0)) as seconds
    from days as d
    join week_hours as h
        on d.calendar_id = h.calendar_id and isodow(d.day) = h.weekday
    left join staging.stg_connectwise__holiday as o
        on h.holiday_list_id = o.holiday_list_id and d.day = o.holiday_date
    group by all
),

used as (
    select
        s.*,
        coalesce(w.seconds, 0) as seconds,
        60 * coalesce(s.waiting_minutes, 0) as waited,
        60 * coalesce(s.before_waiting_minutes, 0) as before
    from spans as s
    left join worked as w using (ticket_id, stage)
),

judged as (
    select
        *,
        case
            when target <= 0 then null
            when reached is not null then counted <= target
            when goal < judged_at then false
        end as is_met_as_counted,
        case
            when target <= 0 then null
            when minutes > target then false
            when is_reached then true
        end as is_met_recounted
    from (
        select
            *,
            case
                when seconds <= before then seconds
                when seconds - waited > before then seconds - waited
                else before
            end // 60 as minutes
        from used
    )
)

select
    ticket_id,
    cast(date_trunc('month', local_day(opened)) as date) as month,
    local_day(opened) as opened_day,
    coalesce(bool_or(is_met_as_counted <> is_met_recounted), false) as is_gap
from judged group by all;
