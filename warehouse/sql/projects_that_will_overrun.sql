-- Which projects will overrun, and by how much?
-- One row per open project that is expected to take more hours than its budget, worst
-- first: at the pace of what is done so far (budget by cost performance index), or
-- because more than the budget is used already.
select
    projects.project_name,
    companies.company_name,
    projects.manager_name,
    weeks.budget_hours,
    weeks.actual_hours,
    round(weeks.budget_burn_pct, 1) as budget_burn_pct,
    round(weeks.complete_tickets_pct, 1) as complete_tickets_pct,
    round(weeks.cost_performance_index, 2) as cost_performance_index,
    round(weeks.estimate_at_completion_hours, 1) as estimate_hours,
    round(-weeks.variance_at_completion_hours, 1) as overrun_hours,
    round(
        -weeks.variance_at_completion_hours
        * weeks.labour_cost_amount / nullif(weeks.actual_hours, 0), 0
    ) as overrun_cost_amount,
    projects.planned_end_date
from marts.fct_project_week as weeks
inner join marts.dim_project as projects using (project_id)
left join marts.dim_company as companies
    on projects.company_id = companies.company_id
where
    weeks.is_latest_week
    and not projects.is_closed
    and (
        weeks.estimate_at_completion_hours > weeks.budget_hours
        or weeks.actual_hours > weeks.budget_hours
    )
order by overrun_hours desc nulls last;
