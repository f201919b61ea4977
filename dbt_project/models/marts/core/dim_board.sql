with boards as (

    select * from {{ ref('int_core__boards') }}

),

final as (

    select
        -- keys
        board_id,
        service_manager_member_id,
        -- attributes
        board_name,
        board_class,
        location_name,
        department_name,
        percentage_calculation,
        -- flags
        is_project_board,
        is_inactive,
        is_reopened_by_email,
        is_inferred,
        -- bookkeeping
        updated_at,
        synced_at
    from boards

)

select * from final
