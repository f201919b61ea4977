with source as (

    select * from {{ source('connectwise_raw', 'board_types') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as ticket_type_id,
        cast(_parent_id as bigint) as board_id,
        cast(location__id as bigint) as location_id,
        cast(department__id as bigint) as department_id,
        -- names
        {{ clean_text('name') }} as ticket_type_name,
        {{ clean_text('category') }} as ticket_type_category,
        -- flags
        {{ flag('default_flag') }} as is_default,
        {{ flag('inactive_flag') }} as is_inactive,
        {{ flag('request_for_change_flag') }} as is_request_for_change,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('board_types') }}

)

select * from renamed
