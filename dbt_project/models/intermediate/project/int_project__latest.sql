{{ config(materialized='table') }}

-- One set of figures per project, as of the last week that it has.
with weeks as (

    select * from {{ ref('fct_project_week') }} where is_latest_week

),

clock as (

    select * from {{ ref('int_core__as_of') }}

),

tickets as (

    select
        project_id,
        count(*) filter (where not is_closed) as open_tickets_count,
        count(*) filter (where is_stale) as stalled_tickets_count,
        count(*) filter (where is_unassigned) as unassigned_tickets_count,
        max(closed_date) as last_closed_date
    from {{ ref('fct_ticket') }}
    where project_id is not null
    group by project_id

),

worked as (

    select
        entries.project_id,
        max(entries.work_date) filter (
            where entries.work_date
            between clock.earliest_plausible_date and clock.as_of_date
        ) as last_work_date,
        sum(entries.actual_hours) filter (
            where entries.work_date > clock.as_of_date - 28
            and entries.work_date <= clock.as_of_date
        ) as last_4_weeks_hours,
        sum(entries.actual_hours) as hours,
        sum(entries.actual_hours) filter (where coalesce(tickets.budget_hours, 0) <= 0)
            as unestimated_hours
    from {{ ref('fct_time_entry') }} as entries
    cross join clock
    left join {{ ref('fct_ticket') }} as tickets
        on entries.ticket_id = tickets.ticket_id
    where entries.project_id is not null
    group by entries.project_id

),

joined as (

    select
        projects.project_id,
        projects.is_closed,
        projects.planned_start_date,
        projects.planned_end_date,
        projects.actual_end_date,
        projects.budget_source,
        clock.as_of_date,
        weeks.* exclude (project_id),
        coalesce(tickets.open_tickets_count, 0) as open_tickets_count,
        coalesce(tickets.stalled_tickets_count, 0) as stalled_tickets_count,
        coalesce(tickets.unassigned_tickets_count, 0) as unassigned_tickets_count,
        coalesce(worked.last_4_weeks_hours, 0) as last_4_weeks_hours,
        coalesce(worked.unestimated_hours, 0) as unestimated_hours,
        -- list_max leaves nulls out on purpose: time, or a closed ticket.
        list_max([worked.last_work_date, tickets.last_closed_date])
            as last_activity_date,
        {{ pct('worked.unestimated_hours', 'worked.hours') }} as unestimated_hours_pct
    from {{ ref('dim_project') }} as projects
    cross join clock
    left join weeks on projects.project_id = weeks.project_id
    left join tickets on projects.project_id = tickets.project_id
    left join worked on projects.project_id = worked.project_id

),

final as (

    select
        *,
        case
            when not is_closed and as_of_date > planned_end_date
                then cast(as_of_date - planned_end_date as integer)
            when is_closed and actual_end_date > planned_end_date
                then cast(actual_end_date - planned_end_date as integer)
            when is_closed and actual_end_date is null then null
            when planned_end_date is not null then 0
        end as late_days,
        case
            when not is_closed
                then {{ weekdays_between(
                    '(coalesce(last_activity_date, planned_start_date) + 1)',
                    'as_of_date'
                ) }}
        end as idle_weekdays
    from joined

)

select * from final
