-- Targets of a ticket's SLA. What ConnectWise wrote on the ticket holds, since that was
-- the priority of its day; else the SLA's row of the priority, else the SLA itself.
with tickets as (

    select *
    from {{ ref('int_service__tickets_united') }}
    where ticket_kind = 'service' and sla_id is not null

),

slas as (

    select * from {{ ref('int_service__sla_targets') }}

),

chosen as (

    select
        tickets.ticket_id,
        tickets.sla_id,
        case
            when slas.sla_id is not null
                then {{ sla_priority_key('slas.sla_id', 'slas.priority_id') }}
            when defaults.sla_id is not null
                then {{ sla_priority_key('defaults.sla_id', 'defaults.priority_id') }}
        end as sla_priority_key,
        {% for stage in ['respond', 'plan', 'resolution'] %}
        coalesce(
            tickets.{{ stage }}_target_hours,
            slas.{{ stage }}_target_hours,
            defaults.{{ stage }}_target_hours
        ) as {{ stage }}_target_hours,
        coalesce(slas.{{ stage }}_goal_pct, defaults.{{ stage }}_goal_pct)
            as {{ stage }}_goal_pct,
        {% endfor %}
        case
            when tickets.respond_target_hours is not null then 'ticket'
            when slas.sla_id is not null then 'sla priority'
            else 'sla'
        end as sla_target_source
    from tickets
    left join slas
        on tickets.sla_id = slas.sla_id
        and tickets.priority_id = slas.priority_id
        and slas.priority_id <> 0
    left join slas as defaults
        on tickets.sla_id = defaults.sla_id
        and defaults.priority_id = 0

),

final as (

    select
        * exclude (
            respond_target_hours, plan_target_hours, resolution_target_hours
        ),
        -- A target of nothing is no target.
        {% for stage in ['respond', 'plan', 'resolution'] %}
        case
            when {{ stage }}_target_hours > 0
                then cast({{ stage }}_target_hours * 60 as decimal(19, 4))
        end as {{ stage }}_target_minutes{{ ',' if not loop.last }}
        {% endfor %}
    from chosen

)

select * from final
