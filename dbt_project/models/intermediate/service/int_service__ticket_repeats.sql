-- Tickets whose contact had the same category at the same company not long before.
-- Bundle children and merged tickets neither repeat nor are repeated.
with tickets as (

    select
        tickets.ticket_id,
        tickets.opened_date,
        lag(tickets.opened_date) over (
            partition by
                tickets.company_id, tickets.contact_id, tickets.type_name,
                tickets.subtype_name, tickets.item_name, tickets.ticket_kind,
                coalesce(boards.board_class in ('internal', 'sales'), false)
            order by tickets.effective_opened_at, tickets.ticket_id
        ) as opened_before_date
    from {{ ref('int_service__tickets_united') }} as tickets
    left join {{ ref('int_core__boards') }} as boards
        on tickets.board_id = boards.board_id
    where
        tickets.contact_id is not null
        and tickets.type_name is not null
        and tickets.merged_parent_ticket_id is null
        and tickets.parent_ticket_id is null

),

final as (

    select ticket_id
    from tickets
    where opened_date - opened_before_date <= {{ var('repeat_within_days') }}

)

select * from final
