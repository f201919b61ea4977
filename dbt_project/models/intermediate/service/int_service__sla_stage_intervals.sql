-- The SLA's state machine over the states of tickets with an SLA. Stages only advance,
-- but that leaving Resolved goes back to Resolve; waiting stops the clock, and leaving
-- it lands on the lowest stage still allowed. So the stage is the furthest so far.
with states as (

    select
        states.*,
        case states.escalation_status
            when 'NotResponded' then 0
            when 'Responded' then 1
            when 'ResolutionPlan' then 2
            when 'Resolved' then 3
        end as told_stage
    from {{ ref('int_service__ticket_states') }} as states
    {{ changed_only('ticket_id', 'int_service__ticket_state_fingerprints') }}
    inner join {{ ref('int_service__ticket_targets') }} as targets
        on states.ticket_id = targets.ticket_id

),

advanced as (

    select
        *,
        coalesce(max(case when told_stage = 3 then 2 else told_stage end) over (
            partition by ticket_id order by interval_number
        ), 0) as furthest_stage
    from states

),

final as (

    select
        ticket_id,
        interval_number,
        started_at,
        ended_at,
        business_seconds,
        confidence,
        furthest_stage,
        is_last,
        case
            when escalation_status = 'NoEscalation' then 'Waiting'
            when escalation_status = 'Resolved' then 'Resolved'
            when furthest_stage = 0 then 'Respond'
            when furthest_stage = 1 then 'Plan'
            else 'Resolve'
        end as sla_stage
    from advanced

)

select * from final
