with source as (

    select * from {{ ref('stg_connectwise__work_role') }}

),

final as (

    select
        -- keys
        work_role_id,
        -- attributes
        work_role_name,
        -- flags
        is_inactive,
        -- measures
        hourly_rate_amount,
        home.home_currency_code,
        -- bookkeeping
        updated_at,
        synced_at
    from source
    cross join {{ ref('int_core__home_currency') }} as home

)

select * from final
