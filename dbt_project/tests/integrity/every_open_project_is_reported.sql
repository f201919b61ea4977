{{ config(
    severity='error',
    meta={'dagster': {'ref': {'name': 'rpt_project_status'}}},
) }}

select projects.project_id
from {{ ref('dim_project') }} as projects
anti join {{ ref('rpt_project_status') }} as report
    on projects.project_id = report.project_id
where not projects.is_closed and not projects.is_inferred
