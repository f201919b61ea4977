{{ config(materialized='table') }}

-- How much of a project was to be done by the end of each of its weeks: each ticket
-- with a budget from its own planned start to its planned end, evenly over weekdays.
-- Without such tickets the project as a whole, from its planned start to its planned
-- end.
with clock as (

    select * from {{ ref('int_core__as_of') }}

),

projects as (

    select
        project_id,
        planned_start_date,
        case when planned_end_date >= planned_start_date then planned_end_date end
            as planned_end_date
    from {{ ref('int_project__projects') }}

),

weeks as (

    select
        weeks.project_id,
        weeks.week_start_date,
        case
            when weeks.week_start_date + 6 > clock.as_of_date then clock.as_of_date
            else weeks.week_start_date + 6
        end as status_date
    from {{ ref('int_project__weeks') }} as weeks
    cross join clock

),

dated as (

    select
        tickets.project_id,
        tickets.budget_hours,
        coalesce(
            tickets.estimated_start_date, tickets.scheduled_start_date,
            projects.planned_start_date
        ) as start_date,
        coalesce(tickets.scheduled_end_date, projects.planned_end_date) as end_date,
        projects.planned_start_date,
        projects.planned_end_date
    from {{ ref('int_service__tickets_united') }} as tickets
    inner join projects on tickets.project_id = projects.project_id
    where tickets.budget_hours > 0

),

pieces as (

    select
        project_id,
        'tickets' as plan_source,
        budget_hours as weight,
        case when end_date >= start_date then start_date else planned_start_date end
            as start_date,
        case when end_date >= start_date then end_date else planned_end_date end
            as end_date
    from dated
    union all
    select
        projects.project_id,
        'project',
        1,
        projects.planned_start_date,
        projects.planned_end_date
    from projects
    where projects.project_id not in (select project_id from dated)

),

measured as (

    select
        weeks.project_id,
        weeks.week_start_date,
        pieces.plan_source,
        pieces.weight,
        {{ weekdays_between('pieces.start_date', 'pieces.end_date') }} as all_weekdays,
        {{ weekdays_between('pieces.start_date', 'weeks.status_date') }}
            as past_weekdays,
        weeks.status_date >= pieces.end_date as is_over
    from weeks
    inner join pieces on weeks.project_id = pieces.project_id
    where pieces.end_date >= pieces.start_date

),

final as (

    select
        weeks.project_id,
        weeks.week_start_date,
        any_value(weeks.status_date) as status_date,
        coalesce(any_value(measured.plan_source), 'none') as plan_source,
        -- As decimals, whose sum does not follow the order of rows.
        sum(cast(
            measured.weight * case
                when measured.is_over then 1.0
                when measured.all_weekdays > 0
                    then cast(measured.past_weekdays as double) / measured.all_weekdays
                else 0
            end as decimal(28, 8)
        )) / sum(measured.weight) as planned_share
    from weeks
    left join measured
        on weeks.project_id = measured.project_id
        and weeks.week_start_date = measured.week_start_date
    group by weeks.project_id, weeks.week_start_date

)

select * from final
