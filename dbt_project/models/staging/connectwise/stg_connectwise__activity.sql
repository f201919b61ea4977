with source as (

    select * from {{ source('connectwise_raw', 'activities') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as activity_id,
        cast(type__id as bigint) as activity_type_id,
        cast(status__id as bigint) as activity_status_id,
        cast(company__id as bigint) as company_id,
        cast(contact__id as bigint) as contact_id,
        cast(ticket__id as bigint) as ticket_id,
        cast(opportunity__id as bigint) as opportunity_id,
        cast(agreement__id as bigint) as agreement_id,
        cast(campaign__id as bigint) as campaign_id,
        cast(assign_to__id as bigint) as assigned_to_member_id,
        cast(assigned_by__id as bigint) as assigned_by_member_id,
        cast(schedule_status__id as bigint) as schedule_status_id,
        cast(where__id as bigint) as service_location_id,
        -- names
        {{ clean_text('name') }} as activity_name,
        {{ clean_text('type__name') }} as activity_type_name,
        {{ clean_text('status__name') }} as activity_status_name,
        {{ clean_text('company__name') }} as company_name,
        {{ clean_text('contact__name') }} as contact_name,
        {{ clean_text('opportunity__name') }} as opportunity_name,
        {{ clean_text('campaign__name') }} as campaign_name,
        {{ clean_text('assign_to__name') }} as assigned_to_name,
        {{ clean_text('assigned_by__name') }} as assigned_by_name,
        {{ clean_text('notes') }} as notes,
        {{ clean_text('currency__currency_code') }} as currency_code,
        -- timestamps
        {{ utc_timestamp('date_start') }} as starts_at,
        {{ utc_timestamp('date_end') }} as ends_at,
        {{ utc_timestamp('date_closed_utc') }} as closed_at,
        -- flags
        {{ flag('close_flag') }} as is_closed,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('activities') }}

)

select * from renamed
