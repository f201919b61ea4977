-- Our own clock's verdict per stage, and what an open ticket has left.
with clock as (

    select
        clocked.*,
        coalesce(clocked.responded_at is not null or clocked.is_closed, false)
            as is_responded,
        coalesce(clocked.planned_at is not null or clocked.is_closed, false)
            as is_planned,
        clocked.resolved_at is not null as is_resolved
    from {{ ref('int_service__ticket_clock') }} as clocked
    {{ changed_only('ticket_id', 'int_service__ticket_fingerprints') }}

),

judged as (

    select
        *,
        {{ sla_met_recomputed('respond', 'is_responded') }} as is_respond_met,
        {{ sla_met_recomputed('plan', 'is_planned') }} as is_plan_met,
        {{ sla_met_recomputed('resolution', 'is_resolved') }} as is_resolution_met,
        case
            when is_closed then null
            when not is_responded and respond_target_minutes is not null then 'respond'
            when not is_planned and plan_target_minutes is not null then 'plan'
            when not is_resolved and resolution_target_minutes is not null
                then 'resolution'
        end as next_target
    from clock

),

final as (

    select
        ticket_id,
        calendar_id,
        last_sla_stage as sla_stage,
        sla_confidence,
        next_target as next_sla_target,
        is_respond_met as is_response_sla_met_recomputed,
        is_plan_met as is_plan_sla_met_recomputed,
        is_resolution_met as is_resolution_sla_met_recomputed,
        case when is_responded then respond_used_seconds // 60 end
            as respond_recomputed_minutes,
        case when is_planned then plan_used_seconds // 60 end
            as plan_recomputed_minutes,
        case when is_resolved then resolution_used_seconds // 60 end
            as resolution_recomputed_minutes,
        waited_seconds // 60 as waiting_recomputed_minutes,
        cast(case next_target
            {% for stage in ['respond', 'plan', 'resolution'] %}
            when '{{ stage }}'
                then {{ stage }}_target_minutes - {{ stage }}_used_seconds // 60
            {% endfor %}
        end as decimal(19, 4)) as sla_remaining_minutes,
        case next_target
            {% for stage in ['respond', 'plan', 'resolution'] %}
            when '{{ stage }}' then {{ stage }}_target_minutes
            {% endfor %}
        end as next_target_minutes
    from judged

)

select * from final
