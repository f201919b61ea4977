{{ config(
    meta={'dagster': {'ref': {'name': 'fct_ticket_daily'}}},
) }}

-- Backlog today = yesterday + opened - closed + reopened + moved in - moved out, for
-- every day and board. The backlog is counted day by day, the flows are events.
-- Deleted tickets are in no day, merged ones in none of the service population's.
with counted as (

    select
        snapshot_date as date_day,
        board_id,
        is_service_population,
        count(*) as backlog_count
    from {{ ref('fct_ticket_daily') }}
    group by all

),

flows as (

    select
        daily.*,
        coalesce(counted.backlog_count, 0) as counted_backlog
    from {{ ref('int_service__backlog_daily') }} as daily
    left join counted
        on daily.date_day = counted.date_day
        and daily.board_id is not distinct from counted.board_id
        and daily.is_service_population = counted.is_service_population

),

steps as (

    select
        *,
        coalesce(lag(counted_backlog) over (
            partition by board_id, is_service_population order by date_day
        ), 0) as yesterday_backlog
    from flows

)

select *
from steps
where
    counted_backlog
    <> yesterday_backlog + opened_count - closed_count + reopened_count
    + moved_in_count - moved_out_count
