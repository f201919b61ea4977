{{ config(materialized='table') }}

-- The weeks of a project: from its planned start or first hour to today, or to the
-- last thing that happened once it is closed.
with projects as (

    select * from {{ ref('int_project__projects') }}

),

clock as (

    select * from {{ ref('int_core__as_of') }}

),

worked as (

    select
        entries.project_id,
        min(entries.work_date) as first_work_date,
        max(entries.work_date) as last_work_date
    from {{ ref('fct_time_entry') }} as entries
    cross join clock
    where
        entries.project_id is not null
        and entries.work_date
        between clock.earliest_plausible_date and clock.as_of_date
    group by entries.project_id

),

closed as (

    select
        project_id,
        max(closed_date) as last_closed_date
    from {{ ref('int_service__tickets_united') }}
    where project_id is not null
    group by project_id

),

candidates as (

    select
        projects.project_id,
        clock.as_of_date,
        list_min(list_filter(
            [projects.planned_start_date, projects.actual_start_date,
            worked.first_work_date],
            lambda day: day between clock.earliest_plausible_date and clock.as_of_date
        )) as first_day,
        case
            when projects.is_closed
                then list_max(list_filter(
                    [projects.actual_end_date, worked.last_work_date,
                    closed.last_closed_date],
                    lambda day:
                    day between clock.earliest_plausible_date and clock.as_of_date
                ))
        end as last_day
    from projects
    cross join clock
    left join worked on projects.project_id = worked.project_id
    left join closed on projects.project_id = closed.project_id

),

bounds as (

    select
        project_id,
        date_trunc('week', coalesce(first_day, last_day, as_of_date)) as first_week,
        date_trunc('week', coalesce(last_day, as_of_date)) as stated_last_week
    from candidates

),

-- A close that lies before the first hour still gives one week.
ordered as (

    select
        project_id,
        first_week,
        case
            when stated_last_week < first_week then first_week
            else stated_last_week
        end as last_week
    from bounds

),

final as (

    select
        project_id,
        cast(first_week as date) as first_week_date,
        cast(last_week as date) as last_week_date,
        cast(
            unnest(generate_series(first_week, last_week, interval 7 days)) as date
        ) as week_start_date
    from ordered

)

select * from final
