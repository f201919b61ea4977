with priorities as (

    select * from {{ ref('stg_connectwise__priority') }}

),

-- Priorities that tickets name but the role may not read.
inferred as (

    select
        priority_id,
        max(priority_name) as priority_name
    from {{ ref('int_service__tickets_united') }}
    where priority_id is not null
    group by priority_id

),

united as (

    select
        *,
        false as is_inferred
    from priorities
    union all by name
    select
        inferred.*,
        true as is_inferred
    from inferred
    anti join priorities on inferred.priority_id = priorities.priority_id

),

final as (

    select
        -- keys
        priority_id,
        -- attributes
        priority_name,
        priority_level,
        color,
        sort_order,
        -- flags
        coalesce(is_default, false) as is_default,
        is_inferred,
        -- bookkeeping
        synced_at
    from united

)

select * from final
