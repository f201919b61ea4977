{{ made_by_key('ticket_id', 'int_service__ticket_record_fingerprints') }}

with clock as (

    -- A day's grace: records may be entered while the sync reads.
    select
        earliest_plausible_date,
        as_of_at + interval 1 day as latest_plausible_at
    from {{ ref('int_core__as_of') }}

),

united as (

    select
        'service' as ticket_kind,
        *
    from {{ ref('stg_connectwise__service_ticket') }}
    {{ changed_only('ticket_id', 'int_service__ticket_record_fingerprints') }}
    union all by name
    select
        'project' as ticket_kind,
        *
    from {{ ref('stg_connectwise__project_ticket') }}
    {{ changed_only('ticket_id', 'int_service__ticket_record_fingerprints') }}

),

-- A ticket converted to a project ticket may stand in both lists for a while. The few
-- that do are looked up, rather than all tickets sorted.
outdated as (

    select
        service.ticket_id,
        case
            when coalesce(
                service.updated_at > project.updated_at, service.updated_at is not null
            )
                then 'project'
            else 'service'
        end as ticket_kind
    from {{ ref('stg_connectwise__service_ticket') }} as service
    inner join {{ ref('stg_connectwise__project_ticket') }} as project
        on service.ticket_id = project.ticket_id

),

latest as (

    select united.*
    from united
    anti join outdated
        on united.ticket_id = outdated.ticket_id
        and united.ticket_kind = outdated.ticket_kind

),

-- Entry and close as figures use them: recorded where that is possible, else the
-- nearest thing that is known.
opened as (

    select
        latest.*,
        clock.latest_plausible_at,
        case
            when
                latest.entered_at between clock.earliest_plausible_date
                and clock.latest_plausible_at
                then latest.entered_at
            when
                latest.sla_clock_started_at between clock.earliest_plausible_date
                and clock.latest_plausible_at
                then latest.sla_clock_started_at
            else latest.updated_at
        end as effective_opened_at
    from latest
    cross join clock

),

closed as (

    select
        *,
        case
            when not is_closed then null
            when closed_at between effective_opened_at and latest_plausible_at
                then closed_at
            when resolved_at between effective_opened_at and latest_plausible_at
                then resolved_at
            when updated_at between effective_opened_at and latest_plausible_at
                then updated_at
            else effective_opened_at
        end as effective_closed_at
    from opened

),

final as (

    select
        * exclude (latest_plausible_at, is_in_sla),
        coalesce(is_in_sla, false) as is_in_sla,
        is_closed
        and effective_closed_at is distinct from closed_at as is_closed_at_estimated,
        {{ reporting_date('effective_opened_at') }} as opened_date,
        {{ reporting_date('effective_closed_at') }} as closed_date
    from closed

)

select * from final
