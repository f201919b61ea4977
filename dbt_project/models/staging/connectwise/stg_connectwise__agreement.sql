with source as (

    select * from {{ source('connectwise_raw', 'agreements') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as agreement_id,
        cast(company__id as bigint) as company_id,
        cast(type__id as bigint) as agreement_type_id,
        cast(parent_agreement__id as bigint) as parent_agreement_id,
        cast(bill_to_company__id as bigint) as bill_to_company_id,
        cast(sla__id as bigint) as sla_id,
        cast(location__id as bigint) as location_id,
        cast(department__id as bigint) as department_id,
        cast(billing_cycle__id as bigint) as billing_cycle_id,
        cast(billing_terms__id as bigint) as billing_terms_id,
        cast(opportunity__id as bigint) as opportunity_id,
        -- names
        {{ clean_text('name') }} as agreement_name,
        {{ clean_text('company__name') }} as company_name,
        {{ clean_text('type__name') }} as agreement_type_name,
        {{ clean_text('agreement_status') }} as agreement_status,
        {{ clean_text('billing_cycle__name') }} as billing_cycle_name,
        {{ clean_text('application_units') }} as application_units,
        {{ clean_text('application_cycle') }} as application_cycle,
        {{ clean_text('period_type') }} as period_type,
        {{ clean_text('currency__currency_code') }} as currency_code,
        -- days
        {{ recorded_date('start_date') }} as start_date,
        {{ recorded_date('end_date') }} as end_date,
        {{ recorded_date('date_cancelled') }} as cancelled_date,
        {{ recorded_date('bill_start_date') }} as bill_start_date,
        {{ recorded_date('next_invoice_date') }} as next_invoice_date,
        -- flags
        {{ flag('no_ending_date_flag') }} as is_open_ended,
        {{ flag('cancelled_flag') }} as is_cancelled,
        {{ flag('one_time_flag') }} as is_one_time,
        {{ flag('cover_agreement_time') }} as covers_time,
        {{ flag('cover_agreement_product') }} as covers_products,
        {{ flag('cover_agreement_expense') }} as covers_expenses,
        {{ flag('application_unlimited_flag') }} as is_unlimited,
        {{ flag('carry_over_unused') }} as is_carried_over,
        {{ flag('prorate_flag') }} as is_prorated,
        -- counts
        cast(expired_days as bigint) as carry_over_expires_days_count,
        -- measures
        {{ decimal_4('bill_amount') }} as bill_amount,
        {{ decimal_4('application_limit') }} as application_limit,
        {{ decimal_4('comp_limit_amount') }} as compensation_limit_amount,
        -- timestamps
        {{ utc_timestamp('_info__date_entered') }} as entered_at,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('agreements') }}

)

select * from renamed
