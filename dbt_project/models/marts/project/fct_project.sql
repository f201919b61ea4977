-- Where each project stands today. What a fixed fee has earned is the share of the work
-- that is done; the share that is worked, or paid, says nothing of it.
with latest as (

    select * from {{ ref('int_project__latest') }}

),

billed as (

    select
        project_id,
        sum(case when invoice_id is not null then invoiced_amount end)
            as invoiced_time_amount
    from {{ ref('fct_time_entry') }}
    where project_id is not null
    group by project_id

),

joined as (

    select
        latest.* exclude (company_id),
        projects.company_id,
        projects.manager_member_id,
        projects.board_id,
        projects.billing_amount,
        not projects.is_inferred as is_project_population,
        coalesce(projects.billing_method in ('FixedFee', 'NotToExceed'), false)
            as is_fixed_fee,
        baselines.baseline_end_date,
        baselines.baseline_end_source,
        baselines.original_budget_source,
        health.health_level,
        health.health_rule,
        billed.invoiced_time_amount,
        coalesce(
            cast(latest.earned_value_hours as double) / nullif(latest.budget_hours, 0),
            latest.complete_ticket_count_pct / 100.0
        ) as complete_share
    from latest
    inner join {{ ref('dim_project') }} as projects
        on latest.project_id = projects.project_id
    left join {{ ref('int_project__baselines') }} as baselines
        on latest.project_id = baselines.project_id
    left join {{ ref('int_project__health') }} as health
        on latest.project_id = health.project_id
    left join billed on latest.project_id = billed.project_id

),

earned as (

    select
        *,
        case when is_fixed_fee then cast(
            billing_amount * complete_share as decimal(19, 4)
        ) end as earned_fee_amount
    from joined

),

final as (

    select
        -- keys
        project_id,
        company_id,
        manager_member_id,
        board_id,
        -- attributes
        case
            when is_closed then coalesce(actual_end_date, last_activity_date)
            else as_of_date
        end as status_date,
        case health_level
            when 2 then 'red'
            when 1 then 'amber'
            when 0 then 'green'
            else 'unknown'
        end as health,
        health_rule,
        original_budget_source,
        baseline_end_date,
        baseline_end_source,
        -- flags
        is_project_population,
        is_closed,
        is_fixed_fee,
        case
            when not is_closed then as_of_date <= planned_end_date
            else actual_end_date <= baseline_end_date
        end as is_on_time,
        coalesce(idle_weekdays >= {{ var('stalled_after_weekdays') }}, false)
            as is_stalled,
        -- measures: hours
        budget_hours,
        original_budget_hours,
        actual_hours,
        cast(unestimated_hours as decimal(19, 4)) as unestimated_hours,
        earned_value_hours,
        late_days,
        idle_weekdays,
        timeline_elapsed_pct,
        cast(100 * complete_share as decimal(19, 2)) as complete_pct,
        cast(timeline_elapsed_pct - 100 * complete_share as decimal(19, 2))
            as timeline_gap_pct,
        -- measures: money
        billing_amount,
        invoiced_amount,
        earned_fee_amount,
        cast(invoiced_amount - earned_fee_amount as decimal(19, 4))
            as over_billed_amount,
        cast(
            case
                when is_fixed_fee then earned_fee_amount
                else coalesce(invoiced_time_amount, 0)
            end as decimal(19, 4)
        ) as labour_billed_amount,
        labour_cost_amount,
        actual_cost_amount,
        currency_code,
        home_currency_code
    from earned

)

select * from final
