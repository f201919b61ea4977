with versions as (

    select * from {{ ref('agreement_versions') }}

),

final as (

    select
        -- keys
        version_id as agreement_version_id,
        agreement_id,
        -- attributes
        company_id,
        parent_agreement_id,
        bill_to_company_id,
        sla_id,
        agreement_name,
        agreement_type_name,
        agreement_status,
        billing_cycle_name,
        application_units,
        application_cycle,
        currency_code,
        start_date,
        end_date,
        cancelled_date,
        is_open_ended,
        is_cancelled,
        is_one_time,
        covers_time,
        covers_products,
        covers_expenses,
        is_unlimited,
        is_carried_over,
        is_prorated,
        bill_amount,
        application_limit,
        -- validity
        valid_from,
        valid_to,
        {{ effective_from('agreement_id') }} as effective_from,
        valid_to is null as is_current
    from versions
    -- What began and ended between two looks at one clock never held.
    where valid_to is null or valid_to > valid_from

)

select * from final
