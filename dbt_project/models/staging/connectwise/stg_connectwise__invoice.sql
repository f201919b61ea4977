with source as (

    select * from {{ source('connectwise_raw', 'invoices') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as invoice_id,
        cast(company__id as bigint) as company_id,
        cast(bill_to_company__id as bigint) as bill_to_company_id,
        cast(status__id as bigint) as status_id,
        cast(billing_terms__id as bigint) as billing_terms_id,
        cast(agreement__id as bigint) as agreement_id,
        cast(project__id as bigint) as project_id,
        cast(phase__id as bigint) as phase_id,
        cast(ticket__id as bigint) as ticket_id,
        cast(sales_order__id as bigint) as sales_order_id,
        cast(location_id as bigint) as location_id,
        cast(department_id as bigint) as department_id,
        cast(gl_batch__id as bigint) as gl_batch_id,
        cast(unbatched_batch__id as bigint) as unbatched_batch_id,
        -- names
        {{ clean_text('invoice_number') }} as invoice_number,
        {{ clean_text('type') }} as invoice_type,
        {{ clean_text('apply_to_type') }} as apply_to_type,
        {{ clean_text('company__name') }} as company_name,
        {{ clean_text('status__name') }} as status_name,
        {{ clean_text('billing_terms__name') }} as billing_terms_name,
        {{ clean_text('currency__currency_code') }} as currency_code,
        {{ clean_text('agreement__name') }} as agreement_name,
        {{ clean_text('project__name') }} as project_name,
        -- days
        {{ recorded_date('date') }} as invoice_date,
        {{ recorded_date('due_date') }} as due_date,
        -- flags
        {{ flag('status__is_closed') }} as is_status_closed,
        {{ flag('special_invoice_flag') }} as is_special,
        -- measures
        {{ decimal_4('subtotal') }} as subtotal_amount,
        {{ decimal_4('sales_tax') }} as sales_tax_amount,
        {{ decimal_4('total') }} as total_amount,
        {{ decimal_4('service_total') }} as service_amount,
        {{ decimal_4('product_total') }} as product_amount,
        {{ decimal_4('expense_total') }} as expense_amount,
        {{ decimal_4('agreement_amount') }} as agreement_amount,
        {{ decimal_4('downpayment_applied') }} as downpayment_applied_amount,
        {{ decimal_4('payments') }} as payments_amount,
        {{ decimal_4('credits') }} as credits_amount,
        {{ decimal_4('balance') }} as balance_amount,
        -- timestamps
        {{ utc_timestamp('_info__date_entered') }} as entered_at,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('invoices') }}

)

select * from renamed
