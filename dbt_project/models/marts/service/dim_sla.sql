-- Priority 0 stands for the priorities that have no row of their own.
with targets as (

    select * from {{ ref('int_service__sla_targets') }}

),

final as (

    select
        -- keys
        {{ sla_priority_key('sla_id', 'priority_id') }} as sla_priority_key,
        sla_id,
        priority_id,
        -- attributes
        sla_name,
        priority_name,
        based_on,
        case based_on when 'AllHours' then 0 when 'Custom' then custom_calendar_id end
            as calendar_id,
        -- flags
        is_default,
        -- measures
        respond_target_hours,
        plan_target_hours,
        resolution_target_hours,
        respond_goal_pct,
        plan_goal_pct,
        resolution_goal_pct
    from targets

)

select * from final
