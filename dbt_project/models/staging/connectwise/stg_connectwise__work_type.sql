with source as (

    select * from {{ source('connectwise_raw', 'work_types') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as work_type_id,
        -- names
        {{ clean_text('name') }} as work_type_name,
        {{ clean_text('bill_time') }} as bill_time,
        {{ clean_text('rate_type') }} as rate_type,
        {{ clean_text('accrual_type') }} as accrual_type,
        -- flags
        {{ flag('inactive_flag') }} as is_inactive,
        {{ flag('utilization_flag') }} as is_utilised,
        {{ flag('overall_default_flag') }} as is_default,
        -- measures
        {{ decimal_4('rate') }} as rate,
        {{ decimal_4('cost_multiplier') }} as cost_multiplier,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('work_types') }}

)

select * from renamed
