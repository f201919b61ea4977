with versions as (

    select * from {{ ref('sla_versions') }}

),

final as (

    select
        -- keys
        version_id as sla_version_id,
        sla_id,
        priority_id,
        -- attributes
        sla_name,
        priority_name,
        based_on,
        custom_calendar_id,
        is_default,
        respond_target_hours,
        plan_target_hours,
        resolution_target_hours,
        respond_goal_pct,
        plan_goal_pct,
        resolution_goal_pct,
        -- validity
        valid_from,
        valid_to,
        {{ effective_from('sla_id, priority_id') }} as effective_from,
        valid_to is null as is_current
    from versions
    -- What began and ended between two looks at one clock never held.
    where valid_to is null or valid_to > valid_from

)

select * from final
