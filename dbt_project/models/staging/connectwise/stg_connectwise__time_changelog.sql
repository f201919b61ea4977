with source as (

    select * from {{ source('connectwise_raw', 'time_changelogs') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as time_changelog_id,
        cast(time_rec_id as bigint) as time_entry_id,
        cast(member__id as bigint) as member_id,
        cast(company__id as bigint) as company_id,
        cast(ticket__id as bigint) as ticket_id,
        cast(project__id as bigint) as project_id,
        cast(phase__id as bigint) as phase_id,
        cast(activity__id as bigint) as activity_id,
        cast(agreement__id as bigint) as agreement_id,
        cast(invoice__id as bigint) as invoice_id,
        cast(work_type__id as bigint) as work_type_id,
        cast(work_role__id as bigint) as work_role_id,
        cast(charge_to_rec_id as bigint) as charge_to_id,
        -- names
        {{ clean_text('action') }} as action,
        {{ clean_text('processing_status') }} as processing_status,
        {{ clean_text('charge_to_type') }} as charge_to_type,
        {{ clean_text('company_name') }} as company_name,
        {{ clean_text('member__name') }} as member_name,
        {{ clean_text('ticket__summary') }} as ticket_summary,
        {{ clean_text('work_type__name') }} as work_type_name,
        {{ clean_text('work_role__name') }} as work_role_name,
        {{ clean_text('billable_option') }} as billable_option,
        {{ clean_text('time_status') }} as time_status,
        {{ clean_text('invoice_number') }} as invoice_number,
        {{ clean_text('notes') }} as notes,
        -- timestamps
        {{ utc_timestamp('time_start_utc') }} as started_at,
        {{ utc_timestamp('time_end_utc') }} as ended_at,
        -- flags
        {{ flag('billable_flag') }} as is_billable,
        {{ flag('utilization_flag') }} as is_utilised,
        {{ flag('invoice_flag') }} as is_shown_on_invoice,
        -- measures
        {{ decimal_4('hours_actual') }} as actual_hours,
        {{ decimal_4('billable_hours') }} as billable_hours,
        {{ decimal_4('non_billable_hrs') }} as non_billable_hours,
        {{ decimal_4('invoicedhours') }} as invoiced_hours,
        {{ decimal_4('agreement_hours_covered') }} as agreement_hours,
        {{ decimal_4('billable_amount') }} as billable_amount,
        {{ decimal_4('non_billable_amt') }} as non_billable_amount,
        {{ decimal_4('agreement_amount_covered') }} as agreement_amount,
        {{ decimal_4('hourly_rate') }} as hourly_rate_amount,
        {{ decimal_4('hourly_cost_decimal') }} as hourly_cost_amount,
        -- bookkeeping
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('time_changelogs') }}

)

select * from renamed
