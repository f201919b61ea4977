with source as (

    select * from {{ source('connectwise_raw', 'agreement_types') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as agreement_type_id,
        cast(location__id as bigint) as location_id,
        cast(department__id as bigint) as department_id,
        cast(sla__id as bigint) as sla_id,
        cast(billing_cycle__id as bigint) as billing_cycle_id,
        cast(billing_terms__id as bigint) as billing_terms_id,
        cast(work_role__id as bigint) as work_role_id,
        cast(work_type__id as bigint) as work_type_id,
        -- names
        {{ clean_text('name') }} as agreement_type_name,
        {{ clean_text('application_units') }} as application_units,
        {{ clean_text('application_cycle') }} as application_cycle,
        {{ clean_text('billing_cycle__name') }} as billing_cycle_name,
        {{ clean_text('billing_terms__name') }} as billing_terms_name,
        {{ clean_text('invoicing_cycle') }} as invoicing_cycle,
        {{ clean_text('bill_time') }} as bill_time,
        {{ clean_text('bill_expenses') }} as bill_expenses,
        {{ clean_text('bill_products') }} as bill_products,
        -- flags
        {{ flag('default_flag') }} as is_default,
        {{ flag('inactive_flag') }} as is_inactive,
        {{ flag('pre_payment_flag') }} as is_prepaid,
        {{ flag('one_time_flag') }} as is_one_time,
        {{ flag('application_unlimited_flag') }} as is_unlimited,
        {{ flag('cover_agreement_time_flag') }} as covers_time,
        {{ flag('cover_agreement_product_flag') }} as covers_products,
        {{ flag('cover_agreement_expense_flag') }} as covers_expenses,
        {{ flag('carry_over_unused_flag') }} as is_carried_over,
        {{ flag('allow_overruns_flag') }} as is_overrun_allowed,
        {{ flag('prorate_flag') }} as is_prorated,
        {{ flag('taxable_flag') }} as is_taxable,
        -- counts
        cast(expired_days as bigint) as carry_over_expires_days_count,
        -- measures
        {{ decimal_4('application_limit') }} as application_limit,
        {{ decimal_4('bill_amount') }} as bill_amount,
        {{ decimal_4('comp_hourly_rate') }} as compensation_hourly_rate_amount,
        {{ decimal_4('comp_limit_amount') }} as compensation_limit_amount,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('agreement_types') }}

)

select * from renamed
