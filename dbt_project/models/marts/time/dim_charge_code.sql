with source as (

    select * from {{ ref('stg_connectwise__charge_code') }}

),

final as (

    select
        -- keys
        charge_code_id,
        company_id,
        location_id,
        department_id,
        work_type_id,
        work_role_id,
        -- attributes
        charge_code_name,
        bill_time,
        -- flags
        is_for_time,
        is_for_expenses,
        -- bookkeeping
        updated_at,
        synced_at
    from source

)

select * from final
