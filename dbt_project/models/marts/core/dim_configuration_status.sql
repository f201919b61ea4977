with statuses as (

    select * from {{ ref('stg_connectwise__configuration_status') }}

),

final as (

    select
        configuration_status_id,
        configuration_status_name,
        is_closed_status
    from statuses

)

select * from final
