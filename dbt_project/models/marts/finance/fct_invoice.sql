with invoices as (

    select * from {{ ref('stg_connectwise__invoice') }}

),

clock as (

    select * from {{ ref('int_core__as_of') }}

),

dated as (

    select
        invoices.*,
        coalesce(statuses.is_sent_status, false) as is_status_sent,
        coalesce(
            invoices.currency_code, companies.currency_code, home.home_currency_code
        ) is not distinct from home.home_currency_code
        and not coalesce(companies.is_internal, false) as is_money_population,
        cast(clock.as_of_date - invoices.due_date as integer) as past_due_days
    from invoices
    cross join clock
    left join {{ ref('stg_connectwise__billing_status') }} as statuses
        on invoices.status_id = statuses.billing_status_id
    left join {{ ref('int_core__companies') }} as companies
        on invoices.company_id = companies.company_id
    cross join {{ ref('int_core__home_currency') }} as home

),

final as (

    select
        -- keys
        invoice_id,
        company_id,
        bill_to_company_id,
        agreement_id,
        project_id,
        phase_id,
        ticket_id,
        billing_terms_id,
        -- attributes
        invoice_number,
        invoice_type,
        apply_to_type,
        status_name,
        billing_terms_name,
        currency_code,
        invoice_date,
        due_date,
        -- flags
        is_status_closed,
        gl_batch_id is not null as is_posted,
        coalesce(
            gl_batch_id is not null or is_status_sent or is_status_closed, false
        ) as is_issued,
        coalesce(invoice_type = 'CreditMemo', false) as is_credit_memo,
        coalesce(balance_amount > 0 and past_due_days > 0, false) as is_overdue,
        currency_code is null as is_currency_missing,
        is_money_population,
        -- measures
        coalesce(subtotal_amount, 0) as subtotal_amount,
        coalesce(sales_tax_amount, 0) as sales_tax_amount,
        coalesce(total_amount, 0) as total_amount,
        coalesce(service_amount, 0) as service_amount,
        coalesce(product_amount, 0) as product_amount,
        coalesce(expense_amount, 0) as expense_amount,
        coalesce(agreement_amount, 0) as agreement_amount,
        coalesce(downpayment_applied_amount, 0) as downpayment_applied_amount,
        coalesce(payments_amount, 0) as payments_amount,
        coalesce(credits_amount, 0) as credits_amount,
        coalesce(balance_amount, 0) as balance_amount,
        past_due_days,
        case
            when coalesce(balance_amount, 0) <> 0
                then {{ ageing_bucket('past_due_days') }}
        end as ageing_bucket,
        -- bookkeeping
        updated_at,
        synced_at
    from dated

)

select * from final
