with source as (

    select * from {{ source('connectwise_raw', 'expense_entries') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as expense_entry_id,
        cast(company__id as bigint) as company_id,
        cast(member__id as bigint) as member_id,
        cast(type__id as bigint) as expense_type_id,
        cast(expense_report__id as bigint) as expense_report_id,
        cast(charge_to_id as bigint) as charge_to_id,
        cast(ticket__id as bigint) as ticket_id,
        cast(project__id as bigint) as project_id,
        cast(phase__id as bigint) as phase_id,
        cast(agreement__id as bigint) as agreement_id,
        cast(invoice__id as bigint) as invoice_id,
        cast(payment_method__id as bigint) as payment_method_id,
        cast(classification__id as bigint) as classification_id,
        cast(location_id as bigint) as location_id,
        cast(business_unit_id as bigint) as department_id,
        -- names
        {{ clean_text('company__name') }} as company_name,
        {{ clean_text('member__name') }} as member_name,
        {{ clean_text('type__name') }} as expense_type_name,
        {{ clean_text('charge_to_type') }} as charge_to_type,
        {{ clean_text('billable_option') }} as billable_option,
        {{ clean_text('status') }} as expense_status,
        {{ clean_text('payment_method__name') }} as payment_method_name,
        {{ clean_text('classification__name') }} as classification_name,
        {{ clean_text('agreement__name') }} as agreement_name,
        {{ clean_text('project__name') }} as project_name,
        {{ clean_text('ticket__summary') }} as ticket_summary,
        {{ clean_text('invoice__identifier') }} as invoice_number,
        {{ clean_text('notes') }} as notes,
        {{ clean_text('currency__currency_code') }} as currency_code,
        -- days
        {{ recorded_date('date') }} as expense_date,
        -- measures
        {{ decimal_4('amount') }} as expense_amount,
        {{ decimal_4('bill_amount') }} as bill_amount,
        {{ decimal_4('invoice_amount') }} as invoiced_amount,
        {{ decimal_4('agreement_amount') }} as agreement_amount,
        {{ decimal_4('odometer_start') }} as odometer_start,
        {{ decimal_4('odometer_end') }} as odometer_end,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('expense_entries') }}

)

select * from renamed
