with source as (

    select * from {{ source('connectwise_raw', 'project_notes') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as note_id,
        cast(_parent_id as bigint) as project_id,
        cast(type__id as bigint) as note_type_id,
        -- text
        {{ clean_text('text') }} as note_text,
        {{ clean_text('type__name') }} as note_type_name,
        -- flags
        {{ flag('flagged') }} as is_flagged,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('project_notes') }}

)

select * from renamed
