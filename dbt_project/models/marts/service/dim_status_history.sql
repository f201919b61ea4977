with versions as (

    select * from {{ ref('status_versions') }}

),

final as (

    select
        -- keys
        version_id as status_version_id,
        status_id,
        -- attributes
        board_id,
        status_name,
        escalation_status,
        sort_order,
        is_closed_status,
        is_inactive,
        is_default,
        is_time_entry_refused,
        -- validity
        valid_from,
        valid_to,
        {{ effective_from('status_id') }} as effective_from,
        valid_to is null as is_current
    from versions
    -- What began and ended between two looks at one clock never held.
    where valid_to is null or valid_to > valid_from

)

select * from final
