with source as (

    select * from {{ source('connectwise_raw', 'configuration_statuses') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as configuration_status_id,
        -- names
        {{ clean_text('description') }} as configuration_status_name,
        -- flags
        {{ flag('closed_flag') }} as is_closed_status,
        {{ flag('default_flag') }} as is_default,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('configuration_statuses') }}

)

select * from renamed
