{{ config(
    severity='error',
    meta={'dagster': {'ref': {'name': 'fct_project_week'}}},
) }}

-- No project falls out of the weekly figures, and each has one latest week.
select
    projects.project_id,
    count(weeks.project_id) as latest_weeks
from {{ ref('dim_project') }} as projects
left join {{ ref('fct_project_week') }} as weeks
    on projects.project_id = weeks.project_id
    and weeks.is_latest_week
group by projects.project_id
having count(weeks.project_id) <> 1
