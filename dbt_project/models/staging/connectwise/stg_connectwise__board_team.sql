with source as (

    select * from {{ source('connectwise_raw', 'board_teams') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as team_id,
        cast(_parent_id as bigint) as board_id,
        cast(team_leader__id as bigint) as leader_member_id,
        cast(location_id as bigint) as location_id,
        cast(business_unit_id as bigint) as department_id,
        -- names
        {{ clean_text('name') }} as team_name,
        {{ clean_text('team_leader__name') }} as leader_name,
        -- flags
        {{ flag('default_flag') }} as is_default,
        {{ flag('notify_on_ticket_delete') }} as is_notified_of_deletes,
        {{ flag('round_robin_flag') }} as is_round_robin,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('board_teams') }}

)

select * from renamed
