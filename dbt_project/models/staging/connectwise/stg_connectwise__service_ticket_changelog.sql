with source as (

    select * from {{ source('connectwise_raw', 'service_ticket_changelogs') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as ticket_changelog_id,
        cast(ticket_number as bigint) as ticket_id,
        cast(board_id as bigint) as board_id,
        cast(company_identifier as bigint) as company_id,
        cast(contact_id as bigint) as contact_id,
        cast(owner_identifier as bigint) as owner_member_id,
        cast(priority_id as bigint) as priority_id,
        cast(parent_ticket_id as bigint) as parent_ticket_id,
        cast(merged_parent_ticket_id as bigint) as merged_parent_ticket_id,
        -- names
        {{ clean_text('action') }} as action,
        {{ clean_text('processing_status') }} as processing_status,
        {{ clean_text('record_type') }} as record_type,
        {{ clean_text('summary') }} as summary,
        {{ clean_text('board_name') }} as board_name,
        {{ clean_text('status') }} as status_name,
        {{ clean_text('company_name') }} as company_name,
        {{ clean_text('contact_name') }} as contact_name,
        {{ clean_text('ticket_owner') }} as owner_name,
        {{ clean_text('team_name') }} as team_name,
        {{ clean_text('priority_name') }} as priority_name,
        {{ clean_text('impact') }} as impact,
        {{ clean_text('severity') }} as severity,
        {{ clean_text('sla_name') }} as sla_name,
        {{ clean_text('sla_status') }} as sla_status,
        {{ clean_text('resource_list') }} as resource_identifiers,
        -- flags
        {{ flag('closed_flag') }} as is_closed,
        {{ flag('customer_updated_flag') }} as is_customer_updated,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('service_ticket_changelogs') }}

)

select * from renamed
