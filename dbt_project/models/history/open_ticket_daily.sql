with tickets as (

    select * from {{ ref('int_service__tickets_united') }}

),

final as (

    select
        {{ as_of_date() }} as snapshot_date,
        ticket_id,
        ticket_kind,
        company_id,
        board_id,
        status_id,
        priority_id,
        owner_member_id,
        sla_id,
        agreement_id,
        project_id,
        opened_date,
        budget_hours,
        is_in_sla
    from tickets
    where
        not is_closed

)

select * from final
