with versions as (

    select * from {{ ref('phase_versions') }}

),

final as (

    select
        -- keys
        version_id as phase_version_id,
        phase_id,
        -- attributes
        project_id,
        parent_phase_id,
        phase_name,
        wbs_code,
        status_name,
        billing_method,
        scheduled_start_date,
        scheduled_end_date,
        deadline_date,
        is_milestone,
        budget_hours,
        scheduled_hours,
        -- validity
        valid_from,
        valid_to,
        {{ effective_from('phase_id') }} as effective_from,
        valid_to is null as is_current
    from versions
    -- What began and ended between two looks at one clock never held.
    where valid_to is null or valid_to > valid_from

)

select * from final
