{{ config(
    meta={'dagster': {'ref': {'name': 'fct_ticket_status_history'}}},
) }}

-- Every ticket has intervals, the first begins with its opening, each begins where the
-- one before ended, the last ends with the close or lasts while the ticket is open, and
-- their lengths add up to its life.
with tickets as (

    select
        ticket_id,
        opened_at,
        is_closed,
        case
            when closed_at is not null then closed_at
            when {{ as_of_at() }} > opened_at then {{ as_of_at() }}
            else opened_at
        end as ended_at
    from {{ ref('fct_ticket') }}

),

chained as (

    select
        *,
        lead(started_at) over (
            partition by ticket_id order by interval_number
        ) as next_started_at
    from {{ ref('fct_ticket_status_history') }}

),

lives as (

    select
        ticket_id,
        min(started_at) as opened_at,
        sum(calendar_seconds) as calendar_seconds,
        count(*) filter (where is_current) as current_count,
        count(*) filter (
            where next_started_at is not null and next_started_at <> ended_at
        ) as torn_count
    from chained
    group by ticket_id

)

select tickets.ticket_id
from tickets
left join lives on tickets.ticket_id = lives.ticket_id
where
    lives.ticket_id is null
    or lives.opened_at <> tickets.opened_at
    or lives.torn_count > 0
    or (lives.current_count = 1) = tickets.is_closed
    or lives.calendar_seconds
    <> {{ dbt.datediff('tickets.opened_at', 'tickets.ended_at', 'second') }}
