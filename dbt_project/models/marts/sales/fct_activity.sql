with activities as (

    select * from {{ ref('stg_connectwise__activity') }}

),

joined as (

    select
        activities.*,
        types.activity_type_name as known_type_name,
        statuses.activity_status_name as known_status_name,
        coalesce(types.is_history, false) as is_history,
        coalesce(activities.is_closed or statuses.is_closed_status, false)
            as is_completed
    from activities
    left join {{ ref('stg_connectwise__activity_type') }} as types
        on activities.activity_type_id = types.activity_type_id
    left join {{ ref('stg_connectwise__activity_status') }} as statuses
        on activities.activity_status_id = statuses.activity_status_id

),

final as (

    select
        -- keys
        activity_id,
        company_id,
        contact_id,
        opportunity_id,
        ticket_id,
        agreement_id,
        assigned_to_member_id,
        -- attributes
        activity_name,
        coalesce(known_type_name, activity_type_name) as activity_type_name,
        coalesce(known_status_name, activity_status_name) as activity_status_name,
        {{ reporting_date('starts_at') }} as due_date,
        case
            when is_completed
                then {{ reporting_date('coalesce(closed_at, ends_at, updated_at)') }}
        end as completed_date,
        -- flags
        is_completed,
        is_completed and closed_at is null as is_completed_at_estimated,
        not is_completed
        and coalesce({{ reporting_date('starts_at') }} < {{ as_of_date() }}, false)
            as is_overdue,
        is_history,
        -- bookkeeping
        updated_at,
        synced_at
    from joined

)

select * from final
