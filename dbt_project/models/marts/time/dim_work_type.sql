with source as (

    select * from {{ ref('stg_connectwise__work_type') }}

),

final as (

    select
        -- keys
        work_type_id,
        -- attributes
        work_type_name,
        bill_time,
        rate_type,
        accrual_type,
        -- flags
        is_inactive,
        is_utilised,
        is_default,
        -- measures
        rate,
        cost_multiplier,
        -- bookkeeping
        updated_at,
        synced_at
    from source

)

select * from final
