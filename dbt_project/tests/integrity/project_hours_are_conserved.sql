{{ config(
    meta={'dagster': {'ref': {'name': 'fct_project_week'}}},
) }}

-- The last week's hours to date are all hours of the project.
with weekly as (

    select
        project_id,
        sum(actual_hours) as hours
    from {{ ref('fct_project_week') }}
    where is_latest_week
    group by project_id

),

logged as (

    select
        project_id,
        sum(actual_hours) as hours
    from {{ ref('fct_time_entry') }}
    where project_id is not null
    group by project_id

)

select
    weekly.project_id,
    weekly.hours as weekly_hours,
    logged.hours as logged_hours
from weekly
full join logged on weekly.project_id = logged.project_id
where coalesce(weekly.hours, 0) <> coalesce(logged.hours, 0)
