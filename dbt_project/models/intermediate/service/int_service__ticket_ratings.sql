-- Whether a ticket was rated, and whether its board is one that surveys go out for: the
-- API does not tell which surveys were sent.
with rated as (

    select
        ticket_id,
        min(answered_date) as rated_date
    from {{ ref('int_service__ratings') }}
    where ticket_id is not null and score_pct is not null
    group by ticket_id

),

tickets as (

    select
        tickets.ticket_id,
        tickets.board_id,
        tickets.closed_date,
        rated.rated_date
    from {{ ref('int_service__tickets_united') }} as tickets
    left join rated on tickets.ticket_id = rated.ticket_id

),

boards as (

    select distinct board_id
    from tickets
    where rated_date is not null

),

final as (

    select
        tickets.ticket_id,
        tickets.rated_date is not null as is_rated,
        coalesce(
            tickets.rated_date
            <= {{ dbt.dateadd('day', 30, 'tickets.closed_date') }}, false
        ) as is_rated_within_30_days,
        boards.board_id is not null as is_surveyed_board
    from tickets
    left join boards on tickets.board_id = boards.board_id

)

select * from final
