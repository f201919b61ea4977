-- What was worked and finished in each week of a project. What happened outside the
-- project's weeks (a mistyped year) counts in the first or the last of them, so that
-- no hour is lost.
with weeks as (

    select * from {{ ref('int_project__weeks') }}

),

bounds as (

    select distinct
        project_id,
        first_week_date,
        last_week_date
    from weeks

),

worked as (

    select
        bounds.project_id,
        {{ clamp_week('entries.work_date', 'bounds') }} as week_start_date,
        sum(entries.actual_hours) as hours,
        sum(entries.labour_cost_amount) as labour_cost_amount
    from {{ ref('fct_time_entry') }} as entries
    inner join bounds on entries.project_id = bounds.project_id
    group by all

),

finished as (

    select
        bounds.project_id,
        {{ clamp_week('tickets.closed_date', 'bounds') }} as week_start_date,
        count(*) as closed_tickets_count,
        sum(case when tickets.budget_hours > 0 then tickets.budget_hours end)
            as closed_budget_hours
    from {{ ref('int_service__tickets_united') }} as tickets
    inner join bounds on tickets.project_id = bounds.project_id
    where tickets.is_closed
    group by all

),

per_week as (

    select
        weeks.project_id,
        weeks.week_start_date,
        weeks.last_week_date,
        coalesce(worked.hours, 0) as week_actual_hours,
        coalesce(worked.labour_cost_amount, 0) as week_labour_cost_amount,
        coalesce(finished.closed_tickets_count, 0) as week_closed_tickets_count,
        coalesce(finished.closed_budget_hours, 0) as week_closed_budget_hours
    from weeks
    left join worked
        on weeks.project_id = worked.project_id
        and weeks.week_start_date = worked.week_start_date
    left join finished
        on weeks.project_id = finished.project_id
        and weeks.week_start_date = finished.week_start_date

),

final as (

    select
        *,
        sum(week_actual_hours) over to_date as actual_hours,
        sum(week_labour_cost_amount) over to_date as labour_cost_amount,
        sum(week_closed_tickets_count) over to_date as closed_tickets_count,
        sum(week_closed_budget_hours) over to_date as closed_budget_hours
    from per_week
    window to_date as (partition by project_id order by week_start_date)

)

select * from final
