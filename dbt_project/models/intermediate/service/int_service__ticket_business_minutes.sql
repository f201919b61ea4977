-- Elapsed business time on the calendar of the ticket's SLA, waiting included.
with tickets as (

    select *
    from {{ ref('int_service__ticket_calendars') }}
    {{ changed_only('ticket_id', 'int_service__ticket_fingerprints') }}

),

moments as (

    select ticket_id, calendar_id, 'opened' as kind, effective_opened_at as moment
    from tickets
    union all
    select ticket_id, calendar_id, 'responded', responded_at
    from tickets
    where responded_at is not null
    union all
    select ticket_id, calendar_id, 'closed', effective_closed_at
    from tickets
    where effective_closed_at is not null

),

positions as (

    {{ with_open_seconds('moments') }}

),

pivoted as (

    select
        ticket_id,
        max(open_seconds) filter (where kind = 'opened') as opened_seconds,
        max(open_seconds) filter (where kind = 'responded') as responded_seconds,
        max(open_seconds) filter (where kind = 'closed') as closed_seconds
    from positions
    group by ticket_id

),

final as (

    select
        ticket_id,
        case
            when responded_seconds >= opened_seconds
                then (responded_seconds - opened_seconds) // 60
        end as first_response_business_minutes,
        case
            when closed_seconds >= opened_seconds
                then (closed_seconds - opened_seconds) // 60
        end as open_to_close_business_minutes
    from pivoted

)

select * from final
