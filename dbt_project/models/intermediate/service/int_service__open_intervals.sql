-- Intervals in which a ticket was open, with the days at whose end it was, and how it
-- came into its board's backlog and left it.
with intervals as (

    select
        *,
        lead(is_closed_status) over by_number as is_closed_next,
        lead(board_id) over by_number as next_board_id,
        lag(board_id) over by_number as previous_board_id
    from {{ ref('fct_ticket_status_history') }}
    window by_number as (partition by ticket_id order by interval_number)

),

placed as (

    select
        intervals.*,
        tickets.company_id,
        tickets.opened_date,
        boards.board_class,
        tickets.is_merged,
        tickets.is_bundle_child,
        tickets.is_internal_company,
        tickets.ticket_kind,
        {{ reporting_date('intervals.ended_at') }} as ended_date
    from intervals
    inner join {{ ref('fct_ticket') }} as tickets
        on intervals.ticket_id = tickets.ticket_id
    left join {{ ref('int_core__boards') }} as boards
        on intervals.board_id = boards.board_id
    where not intervals.is_closed_status

),

final as (

    select
        ticket_id,
        interval_number,
        company_id,
        board_id,
        status_id,
        status_class,
        priority_id,
        team_id,
        owner_member_id,
        history_source,
        confidence,
        opened_date,
        started_date,
        ended_date,
        {{ service_population('board_class') }} as is_service_population,
        -- A change within the same backlog is neither coming nor going.
        case
            when interval_number = 1 then 'opened'
            when is_reopening then 'reopened'
            when board_id is distinct from previous_board_id then 'moved in'
        end as entry_kind,
        case
            when is_current then null
            -- The close of a ticket ends its last interval.
            when coalesce(is_closed_next, true) then 'closed'
            when board_id is distinct from next_board_id then 'moved out'
        end as exit_kind
    from placed

)

select * from final
