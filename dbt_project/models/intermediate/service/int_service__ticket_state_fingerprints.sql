{{ config(materialized='table') }}

-- What the states of a ticket and its SLA clock are made of: its record and calendar,
-- what the change log and our polls say of it, set-up, and the clock while it is open.
with logged as (

    select
        log.ticket_id,
        sum(hash(log)) as entries_hash
    from {{ ref('stg_connectwise__service_ticket_changelog') }} as log
    group by log.ticket_id

),

polled as (

    select
        versions.ticket_id,
        sum(hash(versions)) as versions_hash
    from {{ ref('ticket_version') }} as versions
    group by versions.ticket_id

),

set_up as (

    select
        {% for model in [
            'stg_connectwise__board_status', 'stg_connectwise__board_team',
            'stg_connectwise__priority', 'int_service__statuses',
            'int_service__sla_targets', 'int_core__boards',
            'int_core__calendar_openings', 'dim_team'
        ] %}
        {{ hash_of_rows(model) }} as {{ model }}_hash,
        {% endfor %}
        clock.reporting_time_zone
    from {{ ref('int_core__as_of') }} as clock

),

fingerprinted as (

    select
        tickets.ticket_id,
        hash(
            records.fingerprint,
            calendars.calendar_id,
            logged.entries_hash,
            polled.versions_hash,
            case when tickets.effective_closed_at is null then clock.as_of_at end,
            hash(set_up)
        ) as fingerprint
    from {{ ref('int_service__tickets_united') }} as tickets
    inner join {{ ref('int_service__ticket_record_fingerprints') }} as records
        on tickets.ticket_id = records.ticket_id
    inner join {{ ref('int_service__ticket_calendars') }} as calendars
        on tickets.ticket_id = calendars.ticket_id
    left join logged on tickets.ticket_id = logged.ticket_id
    left join polled on tickets.ticket_id = polled.ticket_id
    cross join set_up
    cross join {{ ref('int_core__as_of') }} as clock

),

final as (

    {{ flagged_if_changed('ticket_id', [
        'int_service__ticket_states', 'fct_ticket_status_history',
        'int_service__ticket_clock'
    ]) }}

)

select * from final
