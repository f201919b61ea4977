with source as (

    select * from {{ source('connectwise_raw', 'phase_statuses') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as phase_status_id,
        -- names
        {{ clean_text('name') }} as phase_status_name,
        {{ clean_text('status_indicator__name') }} as status_indicator_name,
        -- flags
        {{ flag('closed_flag') }} as is_closed_status,
        {{ flag('default_flag') }} as is_default,
        {{ flag('inactive_flag') }} as is_inactive,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('phase_statuses') }}

)

select * from renamed
