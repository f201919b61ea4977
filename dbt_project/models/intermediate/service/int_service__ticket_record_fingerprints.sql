{{ config(materialized='table') }}

-- What a row of int_service__tickets_united is made of: the ticket's records, and which
-- of their moments lie beyond the latest plausible one, which moves with the clock.
with clock as (

    select
        reporting_time_zone,
        as_of_at + interval 1 day as latest_plausible_at
    from {{ ref('int_core__as_of') }}

),

records as (

    select
        'service' as ticket_kind,
        *
    from {{ ref('stg_connectwise__service_ticket') }}
    union all by name
    select
        'project' as ticket_kind,
        *
    from {{ ref('stg_connectwise__project_ticket') }}

),

fingerprinted as (

    select
        records.ticket_id,
        -- A converted ticket may stand in both lists.
        hash(sum(hash(
            records.ticket_kind,
            records.row_hash,
            records.synced_at,
            {% for moment in [
                'entered_at', 'sla_clock_started_at', 'closed_at', 'resolved_at',
                'updated_at'
            ] %}
            records.{{ moment }} > clock.latest_plausible_at,
            {% endfor %}
            clock.reporting_time_zone
        ))) as fingerprint
    from records
    cross join clock
    group by records.ticket_id

),

final as (

    {{ flagged_if_changed('ticket_id', ['int_service__tickets_united']) }}

)

select * from final
