with source as (

    select * from {{ source('connectwise_raw', 'time_entries') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as time_entry_id,
        cast(company__id as bigint) as company_id,
        cast(member__id as bigint) as member_id,
        cast(charge_to_id as bigint) as charge_to_id,
        cast(ticket__id as bigint) as ticket_id,
        cast(project__id as bigint) as project_id,
        cast(phase__id as bigint) as phase_id,
        cast(activity__id as bigint) as activity_id,
        cast(agreement__id as bigint) as agreement_id,
        cast(work_type__id as bigint) as work_type_id,
        cast(work_role__id as bigint) as work_role_id,
        cast(invoice__id as bigint) as invoice_id,
        cast(time_sheet__id as bigint) as time_sheet_id,
        cast(location_id as bigint) as location_id,
        cast(department__id as bigint) as department_id,
        -- names
        {{ clean_text('company__name') }} as company_name,
        {{ clean_text('member__name') }} as member_name,
        {{ clean_text('charge_to_type') }} as charge_to_type,
        {{ clean_text('billable_option') }} as billable_option,
        {{ clean_text('status') }} as time_status,
        {{ clean_text('work_type__name') }} as work_type_name,
        {{ clean_text('work_role__name') }} as work_role_name,
        {{ clean_text('agreement__name') }} as agreement_name,
        {{ clean_text('project__name') }} as project_name,
        {{ clean_text('ticket__summary') }} as ticket_summary,
        {{ clean_text('notes') }} as notes,
        {{ clean_text('entered_by') }} as entered_by_identifier,
        -- timestamps
        {{ utc_timestamp('time_start') }} as started_at,
        {{ utc_timestamp('time_end') }} as ended_at,
        {{ utc_timestamp('date_entered') }} as entered_at,
        -- flags
        {{ flag('invoice_flag') }} as is_shown_on_invoice,
        {{ flag('invoice_ready') }} as is_invoice_ready,
        -- measures: hours
        {{ decimal_4('actual_hours') }} as actual_hours,
        {{ decimal_4('hours_deduct') }} as deducted_hours,
        {{ decimal_4('hours_billed') }} as billed_hours,
        {{ decimal_4('invoice_hours') }} as invoiced_hours,
        {{ decimal_4('agreement_hours') }} as agreement_hours,
        -- measures: money
        {{ decimal_4('hourly_rate') }} as hourly_rate_amount,
        {{ decimal_4('hourly_cost') }} as hourly_cost_amount,
        {{ decimal_4('extended_invoice_amount') }} as invoiced_amount,
        {{ decimal_4('agreement_amount') }} as agreement_amount,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at,
        cast(_row_hash as varchar) as row_hash
    from source
    where {{ not_deleted('time_entries') }}

)

select * from renamed
