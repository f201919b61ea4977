with statuses as (

    select * from {{ ref('int_service__statuses') }}

),

final as (

    select
        -- keys
        status_id,
        board_id,
        -- attributes
        status_name,
        escalation_status,
        status_class,
        sort_order,
        -- flags
        is_closed_status,
        is_default,
        is_inactive,
        is_inferred,
        -- bookkeeping
        updated_at,
        synced_at
    from statuses

)

select * from final
