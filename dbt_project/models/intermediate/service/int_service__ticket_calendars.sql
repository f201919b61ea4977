{{ config(materialized='table') }}

-- The calendar of a ticket's SLA clock. For MyCalendar, and without an SLA, it is the
-- calendar that most members keep: the API does not tell the MSP's own.
with common as (

    -- An aggregate, so that there is always exactly one row.
    select mode(calendar_id) as calendar_id
    from {{ ref('stg_connectwise__member') }}

),

chosen as (

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
            common.calendar_id
        ) as calendar_id
    from {{ ref('int_service__tickets_united') }} as tickets
    cross join common
    left join {{ ref('stg_connectwise__sla') }} as slas
        on tickets.sla_id = slas.sla_id
    left join {{ ref('stg_connectwise__company') }} as companies
        on tickets.company_id = companies.company_id

),

-- A calendar that may not be read gives no business time, rather than none at all.
final as (

    select
        chosen.* exclude (calendar_id),
        zones.calendar_id
    from chosen
    left join {{ ref('int_core__calendar_zones') }} as zones
        on chosen.calendar_id = zones.calendar_id

)

select * from final
