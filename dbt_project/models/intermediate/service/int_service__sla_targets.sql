with slas as (

    select * from {{ ref('stg_connectwise__sla') }}

),

priorities as (

    select * from {{ ref('stg_connectwise__sla_priority') }}

),

final as (

    select
        sla_id,
        cast(0 as bigint) as priority_id,
        cast(null as varchar) as priority_name,
        sla_name,
        based_on,
        custom_calendar_id,
        is_default,
        respond_target_hours,
        plan_target_hours,
        resolution_target_hours,
        respond_goal_pct,
        plan_goal_pct,
        resolution_goal_pct
    from slas
    union all by name
    select
        priorities.sla_id,
        priorities.priority_id,
        priorities.priority_name,
        slas.sla_name,
        slas.based_on,
        slas.custom_calendar_id,
        slas.is_default,
        priorities.respond_target_hours,
        priorities.plan_target_hours,
        priorities.resolution_target_hours,
        priorities.respond_goal_pct,
        priorities.plan_goal_pct,
        priorities.resolution_goal_pct
    from priorities
    inner join slas on priorities.sla_id = slas.sla_id
    where priorities.priority_id is not null
    -- The API lets a priority stand twice; the newer row counts.
    qualify
        row_number() over (
            partition by priorities.sla_id, priorities.priority_id
            order by priorities.sla_priority_id desc
        ) = 1

)

select * from final
