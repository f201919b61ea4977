-- Tickets with all that is known beside their records: setup, work, SLA, history.
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
        coalesce(activity.work_blocks_count, 0) as work_blocks_count,
        coalesce(activity.notes_count, 0) as notes_count,
        coalesce(activity.logged_hours, 0) as logged_hours,
        coalesce(activity.billable_hours, 0) as billable_hours,
        activity.first_time_at,
        -- list_max leaves nulls out on purpose.
        list_max([
            tickets.effective_opened_at, last_time_at, last_note_at,
            last_status_change_at
        ]) as last_activity_at,
        coalesce(sources.is_noise, false) as is_noise_source,
        repeats.ticket_id is not null as is_repeat_issue,
        rated.* exclude (ticket_id),
        sla.* exclude (ticket_id),
        recount.* exclude (ticket_id, calendar_id),
        due.* exclude (ticket_id),
        history.* exclude (ticket_id),
        clocked.* exclude (ticket_id)
    from {{ ref('int_service__tickets_united') }} as tickets
    {{ changed_only('ticket_id', 'int_service__ticket_fingerprints') }}
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
    left join {{ ref('dim_source') }} as sources
        on tickets.source_id = sources.source_id
    left join {{ ref('int_service__ticket_repeats') }} as repeats
        on tickets.ticket_id = repeats.ticket_id
    left join {{ ref('int_service__ticket_ratings') }} as rated
        on tickets.ticket_id = rated.ticket_id
    left join {{ ref('int_service__ticket_recount') }} as recount
        on tickets.ticket_id = recount.ticket_id
    left join {{ ref('int_service__ticket_due') }} as due
        on tickets.ticket_id = due.ticket_id
    left join {{ ref('int_service__ticket_lifecycle') }} as history
        on tickets.ticket_id = history.ticket_id
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
        end as open_age_days,
        case next_sla_target
            when 'respond' then respond_due_at
            when 'plan' then plan_due_at
            when 'resolution' then resolution_due_at
        end as next_sla_due_at,
        cast(
            {% for stage in ['respond', 'plan', 'resolution'] %}
            {{ overrun(stage ~ '_counted_minutes', stage ~ '_target_minutes') }}
            {{ '+' if not loop.last }}
            {% endfor %}
            as decimal(19, 4)
        ) as sla_breach_minutes,
        -- Missed once a stage is; met when every stage that has a target is.
        case
            when
                not (
                    coalesce(is_response_sla_met, true)
                    and coalesce(is_plan_sla_met, true)
                    and coalesce(is_resolution_sla_met, true)
                )
                then false
            when
                (respond_target_minutes is null or is_response_sla_met)
                and (plan_target_minutes is null or is_plan_sla_met)
                and (resolution_target_minutes is null or is_resolution_sla_met)
                and coalesce(
                    respond_target_minutes, plan_target_minutes,
                    resolution_target_minutes
                ) is not null
                then true
        end as is_sla_met
    from joined

),

final as (

    select
        *,
        {{ service_population('board_class') }} as is_service_population,
        not is_closed
        and {{ weekdays_between('(last_activity_date + 1)', 'as_of_date') }}
        > {{ var('stale_after_weekdays') }} as is_stale,
        {{ age_bucket('open_age_days') }} as open_age_bucket,
        date_sub('minute', effective_opened_at, effective_closed_at)
            as open_to_close_minutes,
        case
            when resolved_at >= effective_opened_at
                then date_sub('minute', effective_opened_at, resolved_at)
        end as open_to_resolution_minutes,
        coalesce(first_seen_close_at, effective_closed_at) as first_closed_at,
        sla_id is not null as has_sla,
        coalesce(
            (is_response_sla_met is false and priority_lowered_at < respond_due_at)
            or (is_plan_sla_met is false and priority_lowered_at < plan_due_at)
            or (
                is_resolution_sla_met is false
                and priority_lowered_at < resolution_due_at
            ), false
        ) as is_priority_lowered_before_breach,
        -- The clock runs, nothing is missed yet, and less than a quarter is left or the
        -- target falls due on this very day.
        coalesce(
            sla_stage <> 'Waiting'
            and sla_remaining_minutes >= 0
            and (
                sla_remaining_minutes < 0.25 * next_target_minutes
                or {{ reporting_date('next_sla_due_at') }} = as_of_date
            ), false
        ) as is_sla_at_risk
    from flagged

)

select * from final
