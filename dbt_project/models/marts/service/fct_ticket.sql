with joined as (

    select
        tickets.*,
        clock.as_of_date,
        boards.board_class,
        coalesce(companies.is_internal, false) as is_internal_company,
        statuses.escalation_status,
        coalesce(activity.time_entries_count, 0) as time_entries_count,
        coalesce(activity.members_count, 0) as members_count,
        coalesce(activity.touches_count, 0) as touches_count,
        coalesce(activity.notes_count, 0) as notes_count,
        coalesce(activity.logged_hours, 0) as logged_hours,
        coalesce(activity.billable_hours, 0) as billable_hours,
        activity.first_time_at,
        -- list_max leaves nulls out on purpose.
        list_max([tickets.effective_opened_at, last_time_at, last_note_at])
            as last_activity_at,
        sla.* exclude (ticket_id),
        clocked.* exclude (ticket_id)
    from {{ ref('int_service__tickets_united') }} as tickets
    cross join {{ ref('int_core__as_of') }} as clock
    left join {{ ref('int_core__companies') }} as companies
        on tickets.company_id = companies.company_id
    left join {{ ref('int_core__boards') }} as boards
        on tickets.board_id = boards.board_id
    left join {{ ref('stg_connectwise__board_status') }} as statuses
        on tickets.status_id = statuses.status_id
    left join {{ ref('int_service__ticket_activity') }} as activity
        on tickets.ticket_id = activity.ticket_id
    left join {{ ref('int_service__ticket_sla') }} as sla
        on tickets.ticket_id = sla.ticket_id
    left join {{ ref('int_service__ticket_business_minutes') }} as clocked
        on tickets.ticket_id = clocked.ticket_id

),

flagged as (

    select
        *,
        merged_parent_ticket_id is not null as is_merged,
        parent_ticket_id is not null as is_bundle_child,
        not is_closed
        and owner_member_id is null
        and resource_identifiers is null as is_unassigned,
        coalesce(is_closed and opened_date = closed_date, false) as is_same_day_close,
        {{ reporting_date('last_activity_at') }} as last_activity_date,
        case
            when not is_closed then cast(as_of_date - opened_date as integer)
        end as open_age_days
    from joined

),

final as (

    select
        -- keys
        ticket_id,
        ticket_kind,
        company_id,
        contact_id,
        board_id,
        status_id,
        priority_id,
        owner_member_id,
        sla_id,
        agreement_id,
        project_id,
        phase_id,
        parent_ticket_id,
        merged_parent_ticket_id,
        -- attributes
        summary,
        status_name,
        escalation_status,
        priority_name,
        type_name,
        subtype_name,
        item_name,
        team_name,
        source_name,
        severity,
        board_class,
        billing_method,
        -- days and times
        entered_at,
        effective_opened_at as opened_at,
        opened_date,
        responded_at,
        planned_at,
        resolved_at,
        closed_at as recorded_closed_at,
        effective_closed_at as closed_at,
        closed_date,
        required_at,
        first_time_at,
        last_activity_at,
        last_activity_date,
        -- flags
        is_closed,
        is_closed_at_estimated,
        is_merged,
        is_bundle_child,
        is_internal_company,
        ticket_kind = 'service'
        and not (is_merged or is_bundle_child or is_internal_company)
        and coalesce(board_class, 'unmapped')
        not in ('internal', 'sales') as is_service_population,
        is_unassigned,
        not is_closed
        and {{ weekdays_between('(last_activity_date + 1)', 'as_of_date') }}
        > {{ var('stale_after_weekdays') }} as is_stale,
        is_same_day_close,
        is_customer_updated,
        is_in_sla as is_in_sla_as_recorded,
        is_response_sla_met,
        is_plan_sla_met,
        is_resolution_sla_met,
        -- measures
        open_age_days,
        {{ age_bucket('open_age_days') }} as open_age_bucket,
        date_sub('minute', effective_opened_at, effective_closed_at)
            as open_to_close_minutes,
        open_to_close_business_minutes,
        first_response_business_minutes,
        respond_counted_minutes,
        plan_counted_minutes,
        resolution_counted_minutes,
        respond_target_minutes,
        plan_target_minutes,
        resolution_target_minutes,
        waiting_minutes,
        budget_hours,
        coalesce(actual_hours, 0) as recorded_actual_hours,
        cast(logged_hours as decimal(19, 4)) as logged_hours,
        cast(billable_hours as decimal(19, 4)) as billable_hours,
        time_entries_count,
        members_count,
        touches_count,
        notes_count,
        -- bookkeeping
        updated_at,
        synced_at
    from flagged

)

select * from final
