with source as (

    select * from {{ source('connectwise_raw', 'work_roles') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as work_role_id,
        -- names
        {{ clean_text('name') }} as work_role_name,
        -- flags
        {{ flag('inactive_flag') }} as is_inactive,
        -- measures
        {{ decimal_4('hourly_rate') }} as hourly_rate_amount,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('work_roles') }}

)

select * from renamed
