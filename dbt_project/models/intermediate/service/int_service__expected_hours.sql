-- How many hours a ticket is expected to take: its budget, else what closed tickets of
-- its type usually took, else none.
with tickets as not materialized (

    select * from {{ ref('fct_ticket') }}

),

usual as (

    select
        type_name,
        median(logged_hours) as usual_hours
    from tickets
    where is_closed and logged_hours > 0
    group by type_name

),

final as (

    select
        tickets.ticket_id,
        coalesce(tickets.budget_hours, usual.usual_hours, 0) as expected_hours
    from tickets
    left join usual on tickets.type_name = usual.type_name

)

select * from final
