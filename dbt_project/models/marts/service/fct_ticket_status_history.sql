{{ made_by_key('ticket_id', 'int_service__ticket_state_fingerprints') }}

with states as (

    select
        *,
        lag(status_id) over by_number as previous_status_id,
        lag(is_closed) over by_number as was_closed,
        lag(board_id) over by_number as previous_board_id,
        lag(team_id) over by_number as previous_team_id,
        lag(priority_id) over by_number as previous_priority_id,
        lag(owner_member_id) over by_number as previous_owner_member_id
    from {{ ref('int_service__ticket_states') }}
    {{ changed_only('ticket_id', 'int_service__ticket_state_fingerprints') }}
    window by_number as (partition by ticket_id order by interval_number)

),

statuses as (

    select * from {{ ref('int_service__statuses') }}

),

priorities as (

    select * from {{ ref('stg_connectwise__priority') }}

),

teams as (

    select * from {{ ref('dim_team') }}

),

final as (

    select
        -- keys
        states.ticket_id,
        states.interval_number,
        states.status_id,
        states.previous_status_id,
        states.board_id,
        states.team_id,
        states.priority_id,
        states.owner_member_id,
        -- attributes
        coalesce(statuses.status_name, states.status_name) as status_name,
        states.escalation_status,
        case
            when statuses.status_class is not null then statuses.status_class
            when states.escalation_status = 'NotResponded' then 'new'
            when states.escalation_status = 'Resolved' then 'done'
            when states.escalation_status is not null then 'working'
        end as status_class,
        states.history_source,
        states.confidence,
        -- times
        states.started_at,
        case when not states.is_last or tickets.is_closed then states.ended_at end
            as ended_at,
        {{ reporting_date('states.started_at') }} as started_date,
        -- flags
        coalesce(states.is_closed, false) as is_closed_status,
        states.is_last and not tickets.is_closed as is_current,
        not states.is_last or tickets.is_closed as is_over,
        states.status_id is not null as is_status_known,
        coalesce(states.was_closed and not states.is_closed, false) as is_reopening,
        coalesce(states.board_id <> states.previous_board_id, false)
            as is_board_changed,
        coalesce(states.owner_member_id <> states.previous_owner_member_id, false)
            as is_owner_changed,
        coalesce(priorities.sort_order > before.sort_order, false)
            as is_priority_lowered,
        coalesce(teams.tier > teams_before.tier, false) as is_tier_raised,
        -- measures
        states.calendar_seconds,
        states.business_seconds,
        cast(states.calendar_seconds / 60.0 as decimal(19, 4)) as calendar_minutes,
        cast(states.business_seconds / 60.0 as decimal(19, 4)) as business_minutes
    from states
    inner join {{ ref('int_service__tickets_united') }} as tickets
        on states.ticket_id = tickets.ticket_id
    left join statuses on states.status_id = statuses.status_id
    left join priorities on states.priority_id = priorities.priority_id
    left join priorities as before
        on states.previous_priority_id = before.priority_id
    left join teams on states.team_id = teams.team_id
    left join teams as teams_before
        on states.previous_team_id = teams_before.team_id

)

select * from final
