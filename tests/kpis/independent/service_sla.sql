-- What independent SQL of SLA and satisfaction KPIs may build on, beside service.sql.

create or replace temp macro as_of_moment() as (
    select timezone('UTC', as_of) from meta.as_of
);

-- Targets in minutes: of the ticket, else of its priority, else of the SLA.
create or replace temp view sla_tickets as
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
create or replace temp view logged_runs as
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
    date_diff('second', began, coalesce(lead(began) over each_ticket, life_end)) / 60.0
        as minutes
from starts
window each_ticket as (partition by ticket_id order by began);

-- Answers with points, and the most points of their survey.
create or replace temp view rated_answers as
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
