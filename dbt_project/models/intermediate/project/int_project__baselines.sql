-- What a project set out to be. Where history was being kept when it started, its
-- version of that day is the baseline. Else tickets that were opened within a week of
-- its start are the original scope, and the planned end is the one recorded now.
with projects as (

    select
        *,
        coalesce(actual_start_date, planned_start_date) as started_date
    from {{ ref('int_project__projects') }}

),

versions as (

    select
        projects.project_id,
        history.budget_hours,
        history.estimated_hours,
        history.is_budgeted_on_project,
        coalesce(history.estimated_end_date, history.scheduled_end_date)
            as planned_end_date
    from projects
    inner join {{ ref('dim_project_history') }} as history
        on projects.project_id = history.project_id
        and {{ reporting_date('history.valid_from') }} <= projects.started_date
    qualify
        row_number() over (
            partition by projects.project_id order by history.valid_from desc
        ) = 1

),

scopes as (

    select
        tickets.project_id,
        sum(tickets.budget_hours) as ticket_budget_hours,
        sum(
            case
                when
                    tickets.opened_date
                    <= {{ dbt.dateadd('day', 7, 'projects.started_date') }}
                    then tickets.budget_hours
            end
        ) as original_ticket_budget_hours
    from {{ ref('int_service__tickets_united') }} as tickets
    inner join projects on tickets.project_id = projects.project_id
    where tickets.budget_hours > 0
    group by tickets.project_id

),

joined as (

    select
        projects.project_id,
        projects.budget_hours,
        projects.planned_end_date,
        versions.planned_end_date as version_end_date,
        versions.project_id is not null as has_version,
        case
            when versions.is_budgeted_on_project
                then coalesce(
                    nullif(versions.budget_hours, 0),
                    nullif(versions.estimated_hours, 0)
                )
        end as version_budget_hours,
        scopes.ticket_budget_hours,
        scopes.original_ticket_budget_hours
    from projects
    left join versions on projects.project_id = versions.project_id
    left join scopes on projects.project_id = scopes.project_id

),

final as (

    select
        project_id,
        cast(
            case
                when budget_hours is null then null
                when version_budget_hours > 0 then version_budget_hours
                when original_ticket_budget_hours > 0
                    then budget_hours * original_ticket_budget_hours
                        / ticket_budget_hours
                else budget_hours
            end as decimal(19, 4)
        ) as original_budget_hours,
        case
            when budget_hours is null then 'none'
            when version_budget_hours > 0 then 'history'
            when original_ticket_budget_hours > 0 then 'ticket dates'
            else 'today'
        end as original_budget_source,
        case when has_version then version_end_date else planned_end_date end
            as baseline_end_date,
        case when has_version then 'history' else 'today' end as baseline_end_source
    from joined

)

select * from final
