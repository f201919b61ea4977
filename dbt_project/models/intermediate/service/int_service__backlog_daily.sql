-- What came into each backlog and left it as deltas, summed up on a calendar spine: no
-- day x ticket join.
with open_intervals as (

    select * from {{ ref('int_service__open_intervals') }}

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
    from open_intervals

),

events as (

    select
        started_date as date_day,
        board_id,
        is_service_population,
        entry_kind as kind
    from open_intervals
    where entry_kind is not null
    union all
    select
        ended_date,
        board_id,
        is_service_population,
        exit_kind
    from open_intervals
    where exit_kind is not null

),

counted as (

    select
        date_day,
        board_id,
        is_service_population,
        count(*) filter (where kind = 'opened') as opened_count,
        count(*) filter (where kind = 'closed') as closed_count,
        count(*) filter (where kind = 'reopened') as reopened_count,
        count(*) filter (where kind = 'moved in') as moved_in_count,
        count(*) filter (where kind = 'moved out') as moved_out_count
    from events
    group by all

),

flows as (

    select
        days.date_day,
        groups.board_id,
        groups.is_service_population,
        {% for flow in ['opened', 'closed', 'reopened', 'moved_in', 'moved_out'] %}
        coalesce(counted.{{ flow }}_count, 0) as {{ flow }}_count
        {{- ',' if not loop.last }}
        {% endfor %}
    from days
    cross join groups
    left join counted
        on days.date_day = counted.date_day
        and groups.board_id is not distinct from counted.board_id
        and groups.is_service_population = counted.is_service_population

),

final as (

    select
        *,
        sum(
            opened_count - closed_count + reopened_count
            + moved_in_count - moved_out_count
        ) over (
            partition by board_id, is_service_population order by date_day
        ) as backlog_count
    from flows

)

select * from final
