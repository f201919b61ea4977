with source as (

    select * from {{ source('connectwise_raw', 'project_contacts') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as project_contact_id,
        cast(_parent_id as bigint) as project_id,
        cast(contact__id as bigint) as contact_id,
        -- names
        {{ clean_text('contact__name') }} as contact_name,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('project_contacts') }}

)

select * from renamed
