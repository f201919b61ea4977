with projects as (

    select * from {{ ref('dim_project') }}

),

clock as (

    select * from {{ ref('int_core__as_of') }}

),

latest as (

    select * from {{ ref('int_project__latest') }}

),

joined as (

    select
        projects.*,
        latest.* exclude (
            project_id, is_closed, planned_start_date, planned_end_date,
            actual_end_date, budget_source, budget_hours, tickets_count,
            company_id, currency_code, complete_reported_pct
        ),
        companies.company_name,
        coalesce(members.member_name, projects.manager_name) as resolved_manager_name,
        health.health_level,
        health.health_rule,
        health.health_reason,
        health.health_reasons
    from projects
    cross join clock
    inner join latest on projects.project_id = latest.project_id
    left join {{ ref('int_project__health') }} as health
        on projects.project_id = health.project_id
    left join {{ ref('dim_company') }} as companies
        on projects.company_id = companies.company_id
    left join {{ ref('dim_member') }} as members
        on projects.manager_member_id = members.member_id
    where
        not projects.is_inferred
        and (
            not projects.is_closed
            or coalesce(projects.actual_end_date, latest.last_activity_date)
            >= clock.as_of_date - {{ var('recently_closed_days') }}
        )

),

final as (

    select
        -- keys
        project_id,
        company_id,
        manager_member_id,
        -- who and what
        project_name,
        company_name,
        resolved_manager_name as manager_name,
        project_type_name,
        status_name,
        billing_method,
        is_closed,
        -- health
        case health_level
            when 2 then 'red'
            when 1 then 'amber'
            when 0 then 'green'
            else 'unknown'
        end as health,
        health_rule,
        health_reason,
        health_reasons,
        -- budget
        budget_source,
        budget_hours,
        actual_hours,
        cast(budget_hours - actual_hours as decimal(19, 4)) as remaining_hours,
        budget_burn_pct,
        estimate_at_completion_hours,
        variance_at_completion_hours,
        labour_cost_amount,
        home_currency_code,
        unestimated_hours_pct,
        -- progress
        complete_reported_pct,
        complete_tickets_pct,
        complete_ticket_count_pct,
        cost_performance_index,
        schedule_performance_index,
        -- timeline
        planned_start_date,
        planned_end_date,
        actual_end_date,
        timeline_elapsed_pct,
        late_days,
        -- work
        tickets_count,
        open_tickets_count,
        stalled_tickets_count,
        unassigned_tickets_count,
        last_activity_date,
        idle_weekdays,
        cast(last_4_weeks_hours as decimal(19, 4)) as last_4_weeks_hours,
        -- clock
        as_of_date
    from joined

)

select * from final
