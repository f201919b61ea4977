-- Elapsed business time on the calendar of the ticket's SLA; waiting is not taken off,
-- since current records do not say when a ticket waited.
with tickets as (

    select
        tickets.ticket_id,
        tickets.effective_opened_at,
        tickets.responded_at,
        tickets.effective_closed_at,
        coalesce(
            case slas.based_on
                when 'AllHours' then 0
                when 'Custom' then slas.custom_calendar_id
                when 'Customer' then companies.calendar_id
            end,
            (select mode(calendar_id) from {{ ref('stg_connectwise__member') }})
        ) as calendar_id
    from {{ ref('int_service__tickets_united') }} as tickets
    left join {{ ref('stg_connectwise__sla') }} as slas
        on tickets.sla_id = slas.sla_id
    left join {{ ref('stg_connectwise__company') }} as companies
        on tickets.company_id = companies.company_id

),

moments as (

    select ticket_id, calendar_id, 'opened' as kind, effective_opened_at as moment
    from tickets
    union all
    select ticket_id, calendar_id, 'responded', responded_at
    from tickets
    union all
    select ticket_id, calendar_id, 'closed', effective_closed_at
    from tickets

),

dated as (

    select
        *,
        {{ reporting_date('moment') }} as date_day
    from moments
    where moment is not null

),

positions as (

    select
        dated.ticket_id,
        dated.kind,
        days.seconds_before + case
            when days.opens_at is null or dated.moment <= days.opens_at then 0
            when
                date_diff('second', days.opens_at, dated.moment) >= days.open_seconds
                then days.open_seconds
            else date_diff('second', days.opens_at, dated.moment)
        end as open_seconds
    from dated
    inner join {{ ref('int_core__calendar_days') }} as days
        on dated.calendar_id = days.calendar_id
        and dated.date_day = days.date_day

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
