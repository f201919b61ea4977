{{ made_by_key('ticket_id', 'int_service__ticket_state_fingerprints') }}

-- The SLA clock of a ticket, recomputed from its stages and calendar: business time in
-- each stage, waiting and resolved taken off, and the moments that its targets are due.
with stages as (

    select
        stages.ticket_id,
        min(stages.started_at) filter (where stages.furthest_stage >= 1)
            as responded_at,
        min(stages.started_at) filter (where stages.furthest_stage >= 2)
            as planned_at,
        max(stages.ended_at) filter (where stages.sla_stage <> 'Resolved')
            as left_unresolved_at,
        max_by(stages.sla_stage, stages.interval_number) as last_sla_stage,
        {% for stage in ['Respond', 'Plan', 'Resolve', 'Waiting'] %}
        cast(coalesce(sum(stages.business_seconds) filter (
            where stages.sla_stage = '{{ stage }}'
        ), 0) as bigint) as {{ stage | lower }}_seconds,
        {% endfor %}
        {% for stage in [0, 1] %}
        cast(coalesce(sum(stages.business_seconds) filter (
            where stages.sla_stage = 'Waiting' and stages.furthest_stage <= {{ stage }}
        ), 0) as bigint) as waiting_seconds_{{ stage }},
        {% endfor %}
        case
            when bool_and(stages.confidence = 'high') then 'high'
            when bool_or(stages.confidence = 'low') then 'low'
            else 'medium'
        end as sla_confidence
    from {{ ref('int_service__sla_stage_intervals') }} as stages
    group by stages.ticket_id

),

tickets as (

    select
        stages.* exclude (left_unresolved_at),
        targets.respond_target_minutes,
        targets.plan_target_minutes,
        targets.resolution_target_minutes,
        calendars.calendar_id,
        calendars.effective_opened_at as moment,
        tickets.is_closed,
        -- A ticket closed from any other stage is resolved by its close.
        case
            when stages.last_sla_stage = 'Resolved'
                then coalesce(
                    stages.left_unresolved_at, calendars.effective_opened_at
                )
            when tickets.is_closed then tickets.effective_closed_at
        end as resolved_at,
        60 * coalesce(tickets.waiting_minutes, 0) - stages.waiting_seconds
            as unseen_waiting_seconds,
        60 * coalesce(tickets.before_waiting_minutes, 0) as before_waiting_seconds
    from stages
    inner join {{ ref('int_service__ticket_targets') }} as targets
        on stages.ticket_id = targets.ticket_id
    inner join {{ ref('int_service__ticket_calendars') }} as calendars
        on stages.ticket_id = calendars.ticket_id
    inner join {{ ref('int_service__tickets_united') }} as tickets
        on stages.ticket_id = tickets.ticket_id

),

-- Waiting that the history does not show is taken off after the time that the record
-- says had passed before the first wait.
counted as (

    select
        * exclude (unseen_waiting_seconds, before_waiting_seconds),
        {% for name, seconds in [
            ('respond', 'respond_seconds'),
            ('plan', 'respond_seconds + plan_seconds'),
            ('resolution', 'respond_seconds + plan_seconds + resolve_seconds'),
        ] %}
        case
            when
                sla_confidence = 'high'
                or unseen_waiting_seconds <= 0
                or {{ seconds }} <= before_waiting_seconds
                then {{ seconds }}
            when {{ seconds }} - unseen_waiting_seconds > before_waiting_seconds
                then {{ seconds }} - unseen_waiting_seconds
            else before_waiting_seconds
        end as {{ name }}_used_seconds,
        {% endfor %}
        waiting_seconds + case
            when sla_confidence <> 'high' and unseen_waiting_seconds > 0
                then unseen_waiting_seconds
            else 0
        end as waited_seconds
    from tickets

),

final as (

    {{ with_open_seconds('counted') }}

)

select * from final
