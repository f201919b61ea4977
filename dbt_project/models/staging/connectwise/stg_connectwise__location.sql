with source as (

    select * from {{ source('connectwise_raw', 'locations') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as location_id,
        cast(owner_level_id as bigint) as owner_level_id,
        cast(manager__id as bigint) as manager_member_id,
        cast(reports_to__id as bigint) as parent_location_id,
        cast(calendar__id as bigint) as calendar_id,
        -- names
        {{ clean_text('name') }} as location_name,
        {{ clean_text('structure_level__name') }} as structure_level_name,
        {{ clean_text('manager__name') }} as manager_name,
        {{ clean_text('time_zone_setup__name') }} as time_zone_name,
        {{ clean_text('override_city') }} as city,
        {{ clean_text('override_state') }} as state,
        {{ clean_text('override_country__name') }} as country_name,
        -- flags
        {{ flag('location_flag') }} as is_location,
        {{ flag('client_flag') }} as is_client,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('locations') }}

)

select * from renamed
