with agreements as (

    select * from {{ ref('stg_connectwise__agreement') }}

),

final as (

    select
        {{ as_of_date() }} as snapshot_date,
        agreement_id,
        company_id,
        parent_agreement_id,
        agreement_type_name,
        agreement_status,
        billing_cycle_name,
        currency_code,
        start_date,
        end_date,
        cancelled_date,
        is_open_ended,
        is_cancelled,
        is_one_time,
        bill_amount
    from agreements
    where
        coalesce(not is_cancelled or cancelled_date >= {{ as_of_date() }}, true)
        and coalesce(is_open_ended or end_date >= {{ as_of_date() }}, true)

)

select * from final
