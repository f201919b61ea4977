with source as (

    select * from {{ source('connectwise_raw', 'project_types') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as project_type_id,
        -- names
        {{ clean_text('name') }} as project_type_name,
        -- flags
        {{ flag('default_flag') }} as is_default,
        {{ flag('inactive_flag') }} as is_inactive,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('project_types') }}

)

select * from renamed
