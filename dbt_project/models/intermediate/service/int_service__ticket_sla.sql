-- ConnectWise's own SLA figures of a ticket, and what they mean for each goal.
-- Counted minutes are per stage, targets run from entry: a later stage adds the ones
-- before it. A goal without an answer is missed once its time has passed.
with tickets as (

    select
        tickets.*,
        targets.* exclude (ticket_id, sla_id),
        coalesce(tickets.effective_closed_at, {{ as_of_at() }}) as judged_at,
        coalesce(tickets.respond_minutes, 0)
        + coalesce(tickets.respond_skipped_minutes, 0) as respond_counted_minutes,
        coalesce(tickets.plan_minutes, 0)
        + coalesce(tickets.plan_skipped_minutes, 0)
        + coalesce(tickets.respond_minutes, 0) as plan_counted_minutes,
        coalesce(tickets.resolve_minutes, 0)
        + coalesce(tickets.plan_minutes, 0)
        + coalesce(tickets.respond_minutes, 0) as resolution_counted_minutes
    from {{ ref('int_service__tickets_united') }} as tickets
    {{ changed_only('ticket_id', 'int_service__ticket_fingerprints') }}
    inner join {{ ref('int_service__ticket_targets') }} as targets
        on tickets.ticket_id = targets.ticket_id

),

final as (

    select
        ticket_id,
        sla_priority_key,
        sla_target_source,
        respond_goal_pct,
        plan_goal_pct,
        resolution_goal_pct,
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
        -- What ConnectWise's flag must say if it follows its minutes: so far so good.
        coalesce(respond_counted_minutes <= respond_target_minutes, true)
        and coalesce(plan_counted_minutes <= plan_target_minutes, true)
        and coalesce(resolution_counted_minutes <= resolution_target_minutes, true)
            as is_in_sla_by_minutes,
        {{ sla_met('responded_at', 'respond') }} as is_response_sla_met,
        {{ sla_met('planned_at', 'plan') }} as is_plan_sla_met,
        {{ sla_met('resolved_at', 'resolution') }} as is_resolution_sla_met
    from tickets

)

select * from final
