-- Opened and closed as deltas, summed up on a calendar spine: no day x ticket join.
with tickets as (

    select * from {{ ref('fct_ticket') }}

),

days as (

    select date_day
    from {{ ref('dim_date') }}
    where not is_future

),

groups as (

    select distinct
        board_id,
        is_service_population
    from tickets

),

opened as (

    select
        opened_date as date_day,
        board_id,
        is_service_population,
        count(*) as opened_count
    from tickets
    group by all

),

closed as (

    select
        closed_date as date_day,
        board_id,
        is_service_population,
        count(*) as closed_count
    from tickets
    where closed_date is not null
    group by all

),

flows as (

    select
        days.date_day,
        groups.board_id,
        groups.is_service_population,
        coalesce(opened.opened_count, 0) as opened_count,
        coalesce(closed.closed_count, 0) as closed_count,
        -- Reopening leaves no trace in a current record.
        0 as reopened_count
    from days
    cross join groups
    left join opened
        on days.date_day = opened.date_day
        and groups.board_id is not distinct from opened.board_id
        and groups.is_service_population = opened.is_service_population
    left join closed
        on days.date_day = closed.date_day
        and groups.board_id is not distinct from closed.board_id
        and groups.is_service_population = closed.is_service_population

),

final as (

    select
        *,
        sum(opened_count - closed_count + reopened_count) over (
            partition by board_id, is_service_population order by date_day
        ) as backlog_count
    from flows

)

select * from final
