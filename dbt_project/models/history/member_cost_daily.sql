with members as (

    select * from {{ ref('stg_connectwise__member') }}

),

final as (

    select
        {{ as_of_date() }} as snapshot_date,
        member_id,
        work_role_id,
        hourly_cost_amount,
        hourly_rate_amount,
        daily_capacity_hours
    from members
    where
        not is_inactive

)

select * from final
