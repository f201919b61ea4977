{{ config(materialized='table') }}

-- What a ticket's rows of fct_ticket_daily are made of: the ticket with its states and
-- time, what it is expected to take, and today's date while its last day is not over.
with fingerprinted as (

    select
        tickets.ticket_id,
        hash(
            made_from.fingerprint,
            expected.expected_hours,
            case
                when tickets.closed_date > clock.as_of_date then clock.as_of_date
                when tickets.opened_date > clock.as_of_date then clock.as_of_date
            end
        ) as fingerprint
    from {{ ref('fct_ticket') }} as tickets
    inner join {{ ref('int_service__ticket_fingerprints') }} as made_from
        on tickets.ticket_id = made_from.ticket_id
    inner join {{ ref('int_service__expected_hours') }} as expected
        on tickets.ticket_id = expected.ticket_id
    cross join {{ ref('int_core__as_of') }} as clock

),

final as (

    {{ flagged_if_changed('ticket_id', ['fct_ticket_daily']) }}

)

select * from final
