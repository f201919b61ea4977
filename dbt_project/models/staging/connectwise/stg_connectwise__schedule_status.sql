with source as (

    select * from {{ source('connectwise_raw', 'schedule_statuses') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as schedule_status_id,
        -- names
        {{ clean_text('name') }} as schedule_status_name,
        -- flags
        {{ flag('default_flag') }} as is_default,
        {{ flag('show_as_tentative_flag') }} as is_tentative,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('schedule_statuses') }}

)

select * from renamed
