with types as (

    select * from {{ ref('stg_connectwise__agreement_type') }}

),

final as (

    select
        agreement_type_id,
        agreement_type_name,
        application_units,
        application_cycle,
        billing_cycle_name,
        billing_terms_name,
        is_prepaid,
        is_one_time,
        is_unlimited,
        is_inactive
    from types

)

select * from final
