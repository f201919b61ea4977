with source as (

    select * from {{ source('connectwise_raw', 'opportunity_notes') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as note_id,
        cast(_parent_id as bigint) as opportunity_id,
        cast(type__id as bigint) as note_type_id,
        -- names
        {{ clean_text('type__name') }} as note_type_name,
        {{ clean_text('text') }} as note_text,
        {{ clean_text('entered_by') }} as entered_by_identifier,
        -- flags
        {{ flag('flagged') }} as is_flagged,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('opportunity_notes') }}

)

select * from renamed
