{{ made_by_key('ticket_id', 'int_service__ticket_state_fingerprints') }}

-- What was observed as a chain of states that tiles each ticket's life, from opening to
-- close or now. Of several observations at one moment the most telling counts; one that
-- changes nothing starts no state.
with lives as (

    select
        calendars.ticket_id,
        calendars.calendar_id,
        calendars.effective_opened_at as opened_at,
        case
            when calendars.effective_closed_at is not null
                then calendars.effective_closed_at
            when clock.as_of_at > calendars.effective_opened_at then clock.as_of_at
            else calendars.effective_opened_at
        end as ended_at
    from {{ ref('int_service__ticket_calendars') }} as calendars
    cross join {{ ref('int_core__as_of') }} as clock
    {{ changed_only('ticket_id', 'int_service__ticket_state_fingerprints') }}

),

placed as (

    select
        observed.* exclude (observed_at),
        lives.calendar_id,
        lives.opened_at,
        lives.ended_at,
        case
            when observed.observed_at < lives.opened_at then lives.opened_at
            else observed.observed_at
        end as moment
    from {{ ref('int_service__ticket_observations') }} as observed
    inner join lives on observed.ticket_id = lives.ticket_id
    where
        observed.observed_at < lives.ended_at
        or (observed.history_source = 'record' and observed.precedence = 1)

),

told as (

    select *
    from placed
    qualify
        row_number() over (
            partition by ticket_id, moment order by precedence desc
        ) = 1

),

-- What one source is silent about is not news.
compared as (

    select
        *,
        row_number() over by_moment = 1
        or coalesce(status_id, -1) <> lag(coalesce(status_id, -1)) over by_moment
        or escalation_status is distinct from lag(escalation_status) over by_moment
        or board_id is distinct from lag(board_id) over by_moment
        or priority_id is distinct from lag(priority_id) over by_moment
        or owner_member_id is distinct from lag(owner_member_id) over by_moment
        or team_id is distinct from lag(team_id) over by_moment
        or is_closed is distinct from lag(is_closed) over by_moment as is_news
    from told
    window by_moment as (partition by ticket_id order by moment)

),

moments as (

    select * exclude (is_news, precedence, ended_at, opened_at)
    from compared
    where is_news
    union all by name
    -- The end of the last state, which is no state itself.
    select
        ticket_id,
        calendar_id,
        ended_at as moment,
        'end' as history_source
    from lives

),

positions as (

    {{ with_open_seconds('moments') }}

),

bounded as (

    select
        * exclude (moment, open_seconds),
        moment as started_at,
        lead(moment) over by_moment as ended_at,
        lead(open_seconds) over by_moment - open_seconds as business_seconds,
        row_number() over by_moment as interval_number,
        lead(history_source) over by_moment = 'end' as is_last
    from positions
    window by_moment as (
        partition by ticket_id order by moment, history_source = 'end'
    )

),

final as (

    select
        *,
        date_diff('second', started_at, ended_at) as calendar_seconds
    from bounded
    where history_source <> 'end'

)

select * from final
