with statuses as (

    select * from {{ ref('stg_connectwise__opportunity_status') }}

),

final as (

    select
        opportunity_status_id,
        opportunity_status_name,
        is_won,
        is_lost,
        is_closed_status,
        is_inactive
    from statuses

)

select * from final
