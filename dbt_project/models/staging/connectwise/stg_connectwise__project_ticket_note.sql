with source as (

    select * from {{ source('connectwise_raw', 'project_ticket_notes') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as note_id,
        cast(_parent_id as bigint) as ticket_id,
        cast(member__id as bigint) as member_id,
        cast(contact__id as bigint) as contact_id,
        -- text
        {{ clean_text('text') }} as note_text,
        -- flags
        {{ flag('detail_description_flag') }} as is_description,
        {{ flag('internal_analysis_flag') }} as is_internal_analysis,
        {{ flag('resolution_flag') }} as is_resolution,
        {{ flag('internal_flag') }} as is_internal,
        {{ flag('external_flag') }} as is_external,
        -- timestamps
        {{ utc_timestamp('_info__date_entered') }} as created_at,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('project_ticket_notes') }}

)

select * from renamed
