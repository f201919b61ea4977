with source as (

    select * from {{ source('connectwise_raw', 'service_tickets') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as ticket_id,
        {{ reference_ids(company='company_id', contact='contact_id', site='site_id') }},
        {{ reference_ids(board='board_id', status='status_id', team='team_id') }},
        {{ reference_ids(type='ticket_type_id', sub_type='ticket_subtype_id') }},
        {{ reference_ids(item='ticket_item_id', source='source_id') }},
        {{ reference_ids(priority='priority_id', sla='sla_id') }},
        {{ reference_ids(owner='owner_member_id', agreement='agreement_id') }},
        {{ reference_ids(location='location_id', department='department_id') }},
        {{ reference_ids(merged_parent_ticket='merged_parent_ticket_id') }},
        cast(parent_ticket_id as bigint) as parent_ticket_id,
        -- names
        {{ clean_text('summary') }} as summary,
        {{ clean_text('record_type') }} as record_type,
        {{ clean_text('company__name') }} as company_name,
        {{ clean_text('contact_name') }} as contact_name,
        {{ clean_text('board__name') }} as board_name,
        {{ clean_text('status__name') }} as status_name,
        {{ clean_text('priority__name') }} as priority_name,
        {{ clean_text('type__name') }} as type_name,
        {{ clean_text('sub_type__name') }} as subtype_name,
        {{ clean_text('item__name') }} as item_name,
        {{ clean_text('team__name') }} as team_name,
        {{ clean_text('owner__name') }} as owner_name,
        {{ clean_text('source__name') }} as source_name,
        {{ clean_text('resources') }} as resource_identifiers,
        {{ clean_text('severity') }} as severity,
        {{ clean_text('billing_method') }} as billing_method,
        {{ clean_text('currency__currency_code') }} as currency_code,
        -- timestamps
        {{ utc_timestamp('_info__date_entered') }} as entered_at,
        {{ utc_timestamp('escalation_start_date_utc') }} as sla_clock_started_at,
        {{ utc_timestamp('date_responded') }} as responded_at,
        {{ utc_timestamp('date_resplan') }} as planned_at,
        {{ utc_timestamp('date_resolved') }} as resolved_at,
        {{ utc_timestamp('closed_date') }} as closed_at,
        {{ utc_timestamp('required_date') }} as required_at,
        {{ utc_timestamp('respond_by_goal_utc') }} as respond_goal_at,
        {{ utc_timestamp('resplan_goal_utc') }} as plan_goal_at,
        {{ utc_timestamp('resolution_goal_utc') }} as resolution_goal_at,
        -- flags
        {{ flag('closed_flag') }} as is_closed,
        {{ flag('is_in_sla') }} as is_in_sla,
        {{ flag('customer_updated_flag') }} as is_customer_updated,
        -- measures: hours, targets in hours, counted minutes per SLA stage
        {{ decimal_4('budget_hours') }} as budget_hours,
        {{ decimal_4('actual_hours') }} as actual_hours,
        {{ decimal_4('responded_hours') }} as respond_target_hours,
        {{ decimal_4('resplan_hours') }} as plan_target_hours,
        {{ decimal_4('resolution_hours') }} as resolution_target_hours,
        cast(respond_minutes as bigint) as respond_minutes,
        cast(responded_skipped_minutes as bigint) as respond_skipped_minutes,
        cast(res_plan_minutes as bigint) as plan_minutes,
        cast(resplan_skipped_minutes as bigint) as plan_skipped_minutes,
        cast(resolve_minutes as bigint) as resolve_minutes,
        cast(minutes_waiting as bigint) as waiting_minutes,
        cast(minutes_before_waiting as bigint) as before_waiting_minutes,
        cast(escalation_level as bigint) as escalation_level,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at,
        cast(_row_hash as varchar) as row_hash
    from source
    where {{ not_deleted('service_tickets') }}

)

select * from renamed
