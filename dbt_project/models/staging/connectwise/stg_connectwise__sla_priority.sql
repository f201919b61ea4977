with source as (

    select * from {{ source('connectwise_raw', 'sla_priorities') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as sla_priority_id,
        cast(_parent_id as bigint) as sla_id,
        cast(priority__id as bigint) as priority_id,
        -- names
        {{ clean_text('sla__name') }} as sla_name,
        {{ clean_text('priority__name') }} as priority_name,
        -- measures
        {{ decimal_4('respond_hours') }} as respond_target_hours,
        {{ decimal_4('plan_within') }} as plan_target_hours,
        {{ decimal_4('resolution_hours') }} as resolution_target_hours,
        {{ decimal_4('respond_percent') }} as respond_goal_pct,
        {{ decimal_4('plan_within_percent') }} as plan_goal_pct,
        {{ decimal_4('resolution_percent') }} as resolution_goal_pct,
        -- bookkeeping
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('sla_priorities') }}

)

select * from renamed
