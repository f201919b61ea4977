with source as (

    select * from {{ source('connectwise_raw', 'service_teams') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as team_id,
        cast(leader__id as bigint) as leader_member_id,
        cast(location__id as bigint) as location_id,
        cast(department__id as bigint) as department_id,
        -- names
        {{ clean_text('name') }} as team_name,
        {{ clean_text('leader__name') }} as leader_name,
        {{ clean_text('location__name') }} as location_name,
        {{ clean_text('department__name') }} as department_name,
        -- flags
        {{ flag('delete_notify_flag') }} as is_notified_of_deletes,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('service_teams') }}

)

select * from renamed
