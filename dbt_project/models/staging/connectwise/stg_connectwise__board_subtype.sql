with source as (

    select * from {{ source('connectwise_raw', 'board_subtypes') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as ticket_subtype_id,
        cast(_parent_id as bigint) as board_id,
        -- names
        {{ clean_text('name') }} as ticket_subtype_name,
        -- flags
        {{ flag('inactive_flag') }} as is_inactive,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('board_subtypes') }}

)

select * from renamed
