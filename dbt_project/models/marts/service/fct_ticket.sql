with tickets as (

    select * from {{ ref('int_service__tickets_enriched') }}

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
        source_id,
        team_id,
        {{ ticket_category_key() }} as ticket_category_key,
        owner_member_id,
        sla_id,
        sla_priority_key,
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
        sla_stage,
        sla_target_source,
        sla_confidence,
        history_confidence,
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
        first_closed_at,
        respond_due_at,
        plan_due_at,
        resolution_due_at,
        next_sla_due_at,
        priority_lowered_at,
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
        is_service_population,
        ticket_kind = 'service'
        and not (is_bundle_child or is_internal_company)
        and coalesce(board_class, 'unmapped')
        not in ('internal', 'sales') as is_service_intake,
        is_unassigned,
        is_stale,
        is_same_day_close,
        is_customer_updated,
        not is_closed
        and time_entries_count = 0
        and open_age_days > {{ var('without_time_after_days') }} as is_without_time,
        type_name is not null
        and subtype_name is not null
        and item_name is not null as is_categorised,
        contact_id is not null
        and type_name is not null
        and not (is_merged or is_bundle_child)
        and coalesce(
            opened_date - lag(opened_date) over (
                partition by
                    company_id, contact_id, type_name, subtype_name, item_name,
                    ticket_kind, is_merged, is_bundle_child,
                    coalesce(board_class in ('internal', 'sales'), false)
                order by effective_opened_at, ticket_id
            ) <= {{ var('repeat_within_days') }},
            false
        ) as is_repeat_issue,
        is_in_sla as is_in_sla_as_recorded,
        is_response_sla_met,
        is_plan_sla_met,
        is_resolution_sla_met,
        is_sla_met,
        has_sla,
        is_response_sla_met_recomputed,
        is_plan_sla_met_recomputed,
        is_resolution_sla_met_recomputed,
        is_sla_at_risk,
        is_priority_lowered_before_breach,
        is_escalated,
        is_reopened_within_14_days,
        is_noise_source,
        -- measures
        open_age_days,
        open_age_bucket,
        open_to_close_minutes,
        open_to_resolution_minutes,
        open_to_close_business_minutes,
        first_response_business_minutes,
        respond_counted_minutes,
        plan_counted_minutes,
        resolution_counted_minutes,
        respond_target_minutes,
        plan_target_minutes,
        resolution_target_minutes,
        sla_breach_minutes,
        respond_recomputed_minutes,
        plan_recomputed_minutes,
        resolution_recomputed_minutes,
        respond_goal_pct,
        plan_goal_pct,
        resolution_goal_pct,
        sla_remaining_minutes,
        waiting_minutes,
        waiting_recomputed_minutes,
        waiting_client_business_minutes,
        waiting_vendor_business_minutes,
        scheduled_business_minutes,
        not_responded_business_minutes,
        elapsed_business_minutes,
        reopens_count,
        board_changes_count,
        owner_changes_count,
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
    from tickets

)

select * from final
