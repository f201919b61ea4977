with clock as (

    select * from {{ ref('int_core__as_of') }}

),

phases as (

    select
        phases.*,
        coalesce(statuses.is_closed_status, false)
        or phases.actual_end_date is not null as is_closed
    from {{ ref('stg_connectwise__project_phase') }} as phases
    left join {{ ref('stg_connectwise__phase_status') }} as statuses
        on phases.status_id = statuses.phase_status_id

),

-- What the phase's day was when it started, where history was being kept by then.
versions as (

    select
        phases.phase_id,
        coalesce(history.deadline_date, history.scheduled_end_date) as baseline_date
    from phases
    inner join {{ ref('dim_phase_history') }} as history
        on phases.phase_id = history.phase_id
        and {{ reporting_date('history.valid_from') }} <= phases.scheduled_start_date
    qualify
        row_number() over (
            partition by phases.phase_id order by history.valid_from desc
        ) = 1

),

tickets as (

    select
        phase_id,
        count(*) as tickets_count,
        count(*) filter (where not is_closed) as open_tickets_count,
        sum(case when budget_hours > 0 then budget_hours end) as ticket_budget_hours,
        sum(case when budget_hours > 0 and is_closed then budget_hours end)
            as closed_budget_hours
    from {{ ref('int_service__tickets_united') }}
    where phase_id is not null
    group by phase_id

),

worked as (

    select
        phase_id,
        sum(actual_hours) as hours
    from {{ ref('fct_time_entry') }}
    where phase_id is not null
    group by phase_id

),

joined as (

    select
        phases.*,
        clock.as_of_date,
        coalesce(versions.baseline_date, phases.deadline_date,
            phases.scheduled_end_date) as baseline_date,
        coalesce(phases.actual_end_date, phases.scheduled_end_date,
            phases.deadline_date) as stated_end_date,
        tickets.tickets_count,
        tickets.open_tickets_count,
        tickets.ticket_budget_hours,
        tickets.closed_budget_hours,
        worked.hours
    from phases
    cross join clock
    left join versions on phases.phase_id = versions.phase_id
    left join tickets on phases.phase_id = tickets.phase_id
    left join worked on phases.phase_id = worked.phase_id

),

dated as (

    select
        *,
        case
            when not is_closed and stated_end_date < as_of_date then as_of_date
            else stated_end_date
        end as expected_end_date,
        coalesce(
            case when budget_hours > 0 then budget_hours end, ticket_budget_hours
        ) as phase_budget_hours
    from joined

),

final as (

    select
        -- keys
        phase_id,
        project_id,
        -- attributes
        phase_name,
        wbs_code,
        status_name,
        scheduled_start_date,
        baseline_date,
        expected_end_date,
        -- flags
        is_milestone,
        is_closed,
        -- measures
        cast(phase_budget_hours as decimal(19, 4)) as budget_hours,
        {{ sum_or_zero('hours') }} as actual_hours,
        cast(
            phase_budget_hours * coalesce(closed_budget_hours, 0) / ticket_budget_hours
            as decimal(19, 4)
        ) as earned_value_hours,
        {{ pct('hours', 'phase_budget_hours') }} as budget_burn_pct,
        {{ dbt.datediff('baseline_date', 'expected_end_date', 'day') }}
            as slippage_days,
        coalesce(tickets_count, 0) as tickets_count,
        coalesce(open_tickets_count, 0) as open_tickets_count,
        -- bookkeeping
        updated_at,
        synced_at
    from dated

)

select * from final
