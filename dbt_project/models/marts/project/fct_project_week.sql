-- Hours view of earned value. The plan is the current dates of tickets and project, so
-- that moved dates move it; the budget and the end that it set out with stand beside.
with progress as (

    select * from {{ ref('int_project__weekly_progress') }}

),

joined as (

    select
        progress.*,
        planned.status_date,
        planned.plan_source,
        planned.planned_share,
        money.* exclude (project_id, week_start_date),
        baselines.original_budget_hours,
        projects.budget_hours,
        projects.ticket_budget_hours,
        projects.tickets_count,
        projects.reported_percent_complete,
        projects.company_id,
        projects.currency_code,
        projects.planned_start_date,
        case
            when projects.planned_end_date >= projects.planned_start_date
                then projects.planned_end_date
        end as planned_end_date
    from progress
    inner join {{ ref('int_project__projects') }} as projects
        on progress.project_id = projects.project_id
    left join {{ ref('int_project__planned_weeks') }} as planned
        on progress.project_id = planned.project_id
        and progress.week_start_date = planned.week_start_date
    inner join {{ ref('int_project__weekly_money') }} as money
        on progress.project_id = money.project_id
        and progress.week_start_date = money.week_start_date
    left join {{ ref('int_project__baselines') }} as baselines
        on progress.project_id = baselines.project_id

),

shares as (

    select
        *,
        {{ weekdays_between('planned_start_date', 'planned_end_date') }}
            as planned_weekdays,
        case
            when status_date < planned_end_date
                then {{ weekdays_between('planned_start_date', 'status_date') }}
            else {{ weekdays_between('planned_start_date', 'planned_end_date') }}
        end as elapsed_weekdays,
        case
            when ticket_budget_hours > 0
                then cast(closed_budget_hours as double) / ticket_budget_hours
            when tickets_count > 0
                then cast(closed_tickets_count as double) / tickets_count
        end as complete_share
    from joined

),

valued as (

    select
        *,
        cast(budget_hours * planned_share as decimal(19, 4)) as planned_value_hours,
        cast(budget_hours * complete_share as decimal(19, 4)) as earned_value_hours
    from shares

),

-- Budget by cost performance index; without hours there is no index to go by.
forecast as (

    select
        *,
        {{ ratio(
            'case when actual_hours > 0 then budget_hours * actual_hours end',
            'earned_value_hours'
        ) }} as estimate_at_completion_hours
    from valued

),

final as (

    select
        -- keys
        project_id,
        company_id,
        week_start_date,
        status_date,
        -- attributes
        plan_source,
        -- flags
        week_start_date = last_week_date as is_latest_week,
        -- measures of the week
        cast(week_actual_hours as decimal(19, 4)) as week_actual_hours,
        cast(week_closed_tickets_count as bigint) as week_closed_tickets_count,
        -- measures to date
        cast(budget_hours as decimal(19, 4)) as budget_hours,
        original_budget_hours,
        cast(actual_hours as decimal(19, 4)) as actual_hours,
        planned_value_hours,
        earned_value_hours,
        cast(labour_cost_amount as decimal(19, 4)) as labour_cost_amount,
        cast(expense_cost_amount as decimal(19, 4)) as expense_cost_amount,
        cast(product_cost_amount as decimal(19, 4)) as product_cost_amount,
        cast(
            labour_cost_amount + expense_cost_amount + product_cost_amount
            as decimal(19, 4)
        ) as actual_cost_amount,
        cast(invoiced_amount as decimal(19, 4)) as invoiced_amount,
        cast(wip_hours as decimal(19, 4)) as wip_hours,
        cast(wip_amount as decimal(19, 4)) as wip_amount,
        cast(unapproved_hours as decimal(19, 4)) as unapproved_hours,
        cast(unapproved_amount as decimal(19, 4)) as unapproved_amount,
        currency_code,
        home.home_currency_code,
        cast(closed_tickets_count as bigint) as closed_tickets_count,
        tickets_count,
        -- ratios: null where there is nothing to divide by
        {{ pct('actual_hours', 'budget_hours') }} as budget_burn_pct,
        case
            when week_start_date = last_week_date
                then {{ complete_pct('reported_percent_complete') }}
        end as complete_reported_pct,
        {{ pct('closed_budget_hours', 'ticket_budget_hours') }} as complete_tickets_pct,
        {{ pct('closed_tickets_count', 'tickets_count') }} as complete_ticket_count_pct,
        {{ pct('elapsed_weekdays', 'planned_weekdays') }} as timeline_elapsed_pct,
        {{ ratio('earned_value_hours', 'actual_hours') }} as cost_performance_index,
        {{ ratio('earned_value_hours', 'planned_value_hours') }}
            as schedule_performance_index,
        {{ ratio('budget_hours - earned_value_hours', 'budget_hours - actual_hours') }}
            as to_complete_performance_index,
        estimate_at_completion_hours,
        cast(estimate_at_completion_hours - actual_hours as decimal(19, 4))
            as estimate_to_complete_hours,
        cast(budget_hours - estimate_at_completion_hours as decimal(19, 4))
            as variance_at_completion_hours
    from forecast
    cross join {{ ref('int_core__home_currency') }} as home

)

select * from final
