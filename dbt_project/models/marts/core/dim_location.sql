with source as (

    select * from {{ ref('stg_connectwise__location') }}

),

final as (

    select
        -- keys
        location_id,
        parent_location_id,
        manager_member_id,
        calendar_id,
        -- attributes
        location_name,
        structure_level_name,
        time_zone_name,
        city,
        state,
        country_name,
        -- flags
        is_location,
        -- bookkeeping
        updated_at,
        synced_at
    from source

)

select * from final
