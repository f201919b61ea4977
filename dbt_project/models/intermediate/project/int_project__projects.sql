with projects as (

    select * from {{ ref('stg_connectwise__project') }}

),

-- Deleted or ungranted projects that tickets and time still point at.
inferred as (

    select
        known.id as project_id,
        known.name as project_name
    from {{ ref('int_core__references') }} as known
    anti join projects on known.id = projects.project_id
    where known.kind = 'project'

),

united as (

    select
        *,
        false as is_inferred
    from projects
    union all by name
    select
        *,
        false as is_closed,
        true as is_inferred
    from inferred

),

ticket_budgets as (

    select
        project_id,
        count(*) as tickets_count,
        count(*) filter (where budget_hours > 0) as budgeted_tickets_count,
        sum(case when budget_hours > 0 then budget_hours end) as ticket_budget_hours
    from {{ ref('int_service__tickets_united') }}
    where project_id is not null
    group by project_id

),

-- The project's own estimate where it is flagged as the budget, else its tickets'.
budgeted as (

    select
        united.* exclude (is_budgeted_on_project),
        coalesce(ticket_budgets.tickets_count, 0) as tickets_count,
        coalesce(ticket_budgets.budgeted_tickets_count, 0) as budgeted_tickets_count,
        ticket_budgets.ticket_budget_hours,
        case
            when united.is_budgeted_on_project
                then coalesce(
                    nullif(united.budget_hours, 0), nullif(united.estimated_hours, 0)
                )
        end as own_budget_hours
    from united
    left join ticket_budgets on united.project_id = ticket_budgets.project_id

),

final as (

    select
        * exclude (budget_hours, own_budget_hours),
        coalesce(
            case when own_budget_hours > 0 then own_budget_hours end,
            ticket_budget_hours
        ) as budget_hours,
        case
            when own_budget_hours > 0 then 'project'
            when ticket_budget_hours > 0 then 'tickets'
            else 'none'
        end as budget_source,
        coalesce(estimated_start_date, scheduled_start_date) as planned_start_date,
        coalesce(estimated_end_date, scheduled_end_date) as planned_end_date
    from budgeted

)

select * from final
