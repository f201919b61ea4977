{{ config(
    meta={'dagster': {'ref': {'name': 'fct_ticket_daily'}}},
) }}

-- What is open now is what the last snapshot day holds.
with counted as (

    select
        (
            select count(*)
            from {{ ref('fct_ticket') }}
            where not is_closed and opened_date <= {{ as_of_date() }}
        ) as open_tickets,
        (
            select count(*)
            from {{ ref('fct_ticket_daily') }}
            where snapshot_date = {{ as_of_date() }}
        ) as backlog
)

select *
from counted
where open_tickets <> backlog
