{{ config(
    meta={'dagster': {'ref': {'name': 'fct_project_week'}}},
) }}

-- On one plan, planned value never falls from week to week; once the last planned day
-- is over, all of the budget was planned to be done.
with weeks as (

    select
        project_id,
        week_start_date,
        budget_hours,
        planned_value_hours,
        lag(planned_value_hours) over (
            partition by project_id order by week_start_date
        ) as planned_before_hours,
        status_date
    from {{ ref('fct_project_week') }}
    where planned_value_hours is not null

),

last_days as (

    select
        projects.project_id,
        max(tickets.scheduled_end_date) as last_ticket_date,
        max(projects.planned_end_date) as last_project_date
    from {{ ref('int_project__projects') }} as projects
    left join {{ ref('int_service__tickets_united') }} as tickets
        on projects.project_id = tickets.project_id
    group by projects.project_id

)

select weeks.*
from weeks
inner join last_days on weeks.project_id = last_days.project_id
where
    weeks.planned_value_hours < weeks.planned_before_hours
    or (
        weeks.status_date >= coalesce(last_days.last_ticket_date, weeks.status_date)
        and weeks.status_date >= coalesce(last_days.last_project_date, weeks.status_date)
        and weeks.planned_value_hours <> weeks.budget_hours
    )
