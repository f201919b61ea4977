with versions as (

    select * from {{ ref('project_versions') }}

),

final as (

    select
        -- keys
        version_id as project_version_id,
        project_id,
        -- attributes
        company_id,
        manager_member_id,
        agreement_id,
        board_id,
        project_name,
        project_type_name,
        status_name,
        billing_method,
        currency_code,
        estimated_start_date,
        estimated_end_date,
        scheduled_start_date,
        scheduled_end_date,
        actual_start_date,
        actual_end_date,
        is_closed,
        is_budgeted_on_project,
        budget_hours,
        estimated_hours,
        billing_amount,
        estimated_time_revenue_amount,
        estimated_time_cost_amount,
        -- validity
        valid_from,
        valid_to,
        {{ effective_from('project_id') }} as effective_from,
        valid_to is null as is_current
    from versions
    -- What began and ended between two looks at one clock never held.
    where valid_to is null or valid_to > valid_from

)

select * from final
