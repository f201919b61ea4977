with source as (

    select * from {{ source('connectwise_raw', 'slas') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as sla_id,
        cast(custom_calendar__id as bigint) as custom_calendar_id,
        -- names
        {{ clean_text('name') }} as sla_name,
        {{ clean_text('based_on') }} as based_on,
        -- flags
        {{ flag('default_flag') }} as is_default,
        -- measures: targets in hours and goals in percent
        {{ decimal_4('respond_hours') }} as respond_target_hours,
        {{ decimal_4('plan_within') }} as plan_target_hours,
        {{ decimal_4('resolution_hours') }} as resolution_target_hours,
        {{ decimal_4('respond_percent') }} as respond_goal_pct,
        {{ decimal_4('plan_within_percent') }} as plan_goal_pct,
        {{ decimal_4('resolution_percent') }} as resolution_goal_pct,
        -- bookkeeping
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('slas') }}

)

select * from renamed
