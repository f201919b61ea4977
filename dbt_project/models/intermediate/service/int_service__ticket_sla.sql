-- ConnectWise's own SLA figures of a ticket, and what they mean for each goal.
-- Counted minutes are per stage, targets run from entry: a later stage adds the ones
-- before it. A goal without an answer is missed once its time has passed.
with tickets as (

    select
        *,
        coalesce(effective_closed_at, {{ as_of_at() }}) as judged_at
    from {{ ref('int_service__tickets_united') }}
    where ticket_kind = 'service'

),

slas as (

    select * from {{ ref('stg_connectwise__sla') }}

),

counted as (

    select
        tickets.ticket_id,
        tickets.responded_at,
        tickets.planned_at,
        tickets.resolved_at,
        tickets.respond_goal_at,
        tickets.plan_goal_at,
        tickets.resolution_goal_at,
        tickets.judged_at,
        cast(60 * coalesce(
            tickets.respond_target_hours, slas.respond_target_hours
        ) as decimal(19, 4)) as respond_target_minutes,
        cast(60 * coalesce(
            tickets.plan_target_hours, slas.plan_target_hours
        ) as decimal(19, 4)) as plan_target_minutes,
        cast(60 * coalesce(
            tickets.resolution_target_hours, slas.resolution_target_hours
        ) as decimal(19, 4)) as resolution_target_minutes,
        coalesce(tickets.respond_minutes, 0)
        + coalesce(tickets.respond_skipped_minutes, 0) as respond_counted_minutes,
        coalesce(tickets.plan_minutes, 0)
        + coalesce(tickets.plan_skipped_minutes, 0)
        + coalesce(tickets.respond_minutes, 0) as plan_counted_minutes,
        coalesce(tickets.resolve_minutes, 0)
        + coalesce(tickets.plan_minutes, 0)
        + coalesce(tickets.respond_minutes, 0) as resolution_counted_minutes
    from tickets
    left join slas on tickets.sla_id = slas.sla_id
    where tickets.sla_id is not null

),

final as (

    select
        ticket_id,
        respond_target_minutes,
        plan_target_minutes,
        resolution_target_minutes,
        case
            when responded_at is not null then respond_counted_minutes
        end as respond_counted_minutes,
        case when planned_at is not null then plan_counted_minutes end
            as plan_counted_minutes,
        case
            when resolved_at is not null then resolution_counted_minutes
        end as resolution_counted_minutes,
        {{ sla_met('responded_at', 'respond') }} as is_response_sla_met,
        {{ sla_met('planned_at', 'plan') }} as is_plan_sla_met,
        {{ sla_met('resolved_at', 'resolution') }} as is_resolution_sla_met
    from counted

)

select * from final
