with tickets as not materialized (

    select
        *,
        cast(date_trunc('week', opened_date) as date) as opened_week,
        cast(date_trunc('week', closed_date) as date) as closed_week
    from {{ ref('fct_ticket') }}
    where is_service_population

),

backlog as (

    select
        cast(date_trunc('week', date_day) as date) as week_start_date,
        board_id,
        sum(opened_count) as opened_count,
        sum(closed_count) as closed_count,
        max_by(backlog_count, date_day) as backlog_count
    from {{ ref('int_service__backlog_daily') }}
    where is_service_population
    group by all

),

-- Age of what was open at the week's end.
ages as (

    select
        cast(date_trunc('week', snapshot_date) as date) as week_start_date,
        board_id,
        median(age_days) as backlog_age_median_days,
        quantile_cont(age_days, 0.9) as backlog_age_p90_days,
        count(*) filter (where age_days >= 30) as backlog_30_days_count
    from {{ ref('fct_ticket_daily') }}
    cross join {{ ref('int_core__as_of') }} as clock
    where
        is_service_population
        and (isodow(snapshot_date) = 7 or snapshot_date = clock.as_of_date)
    group by all

),

opened as (

    select
        opened_week as week_start_date,
        board_id,
        count(*) filter (where is_same_day_close) as same_day_closed_count
    from tickets
    group by all

),

closed as (

    select
        closed_week as week_start_date,
        board_id,
        median(open_to_close_minutes) as open_to_close_median_minutes,
        count(*) filter (where touches_count = 1) as single_touch_closed_count,
        count(*) filter (where touches_count > 0) as closed_with_time_count,
        sum(logged_hours) as closed_logged_hours,
        count(*) filter (where is_response_sla_met) as response_met_count,
        count(is_response_sla_met) as response_judged_count,
        count(*) filter (where is_plan_sla_met) as plan_met_count,
        count(is_plan_sla_met) as plan_judged_count,
        count(*) filter (where is_resolution_sla_met) as resolution_met_count,
        count(is_resolution_sla_met) as resolution_judged_count
    from tickets
    where closed_week is not null
    group by all

),

final as (

    select
        -- keys
        backlog.week_start_date,
        -- A ticket without a board is shown under 0.
        coalesce(backlog.board_id, 0) as board_id,
        coalesce(boards.board_name, 'No board') as board_name,
        boards.board_class,
        -- flow
        cast(backlog.opened_count as bigint) as opened_count,
        cast(backlog.closed_count as bigint) as closed_count,
        cast(backlog.opened_count - backlog.closed_count as bigint) as net_flow_count,
        {{ pct('backlog.closed_count', 'backlog.opened_count') }} as kill_rate_pct,
        {{ pct('opened.same_day_closed_count', 'backlog.opened_count') }}
            as same_day_close_pct,
        -- backlog at the week's end
        cast(backlog.backlog_count as bigint) as backlog_count,
        cast(ages.backlog_age_median_days as decimal(19, 2)) as backlog_age_median_days,
        cast(ages.backlog_age_p90_days as decimal(19, 2)) as backlog_age_p90_days,
        coalesce(ages.backlog_30_days_count, 0) as backlog_30_days_count,
        -- tickets closed in the week
        cast(closed.open_to_close_median_minutes as decimal(19, 2))
            as open_to_close_median_minutes,
        {{ pct('closed.single_touch_closed_count', 'closed.closed_with_time_count') }}
            as single_touch_pct,
        {{ ratio('closed.closed_logged_hours', 'closed.closed_with_time_count') }}
            as handle_time_hours,
        coalesce(closed.response_judged_count, 0) as response_judged_count,
        {{ pct('closed.response_met_count', 'closed.response_judged_count') }}
            as response_sla_met_pct,
        {{ pct('closed.plan_met_count', 'closed.plan_judged_count') }}
            as plan_sla_met_pct,
        {{ pct('closed.resolution_met_count', 'closed.resolution_judged_count') }}
            as resolution_sla_met_pct
    from backlog
    left join {{ ref('dim_board') }} as boards on backlog.board_id = boards.board_id
    left join ages
        on backlog.week_start_date = ages.week_start_date
        and backlog.board_id is not distinct from ages.board_id
    left join opened
        on backlog.week_start_date = opened.week_start_date
        and backlog.board_id is not distinct from opened.board_id
    left join closed
        on backlog.week_start_date = closed.week_start_date
        and backlog.board_id is not distinct from closed.board_id

)

select * from final
