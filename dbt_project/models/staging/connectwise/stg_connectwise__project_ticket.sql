with source as (

    select * from {{ source('connectwise_raw', 'project_tickets') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as ticket_id,
        cast(project__id as bigint) as project_id,
        cast(phase__id as bigint) as phase_id,
        cast(company__id as bigint) as company_id,
        cast(contact__id as bigint) as contact_id,
        cast(site__id as bigint) as site_id,
        cast(board__id as bigint) as board_id,
        cast(status__id as bigint) as status_id,
        cast(priority__id as bigint) as priority_id,
        {{ reference_ids(type='ticket_type_id', sub_type='ticket_subtype_id') }},
        {{ reference_ids(item='ticket_item_id', source='source_id') }},
        cast(owner__id as bigint) as owner_member_id,
        cast(agreement__id as bigint) as agreement_id,
        cast(location__id as bigint) as location_id,
        cast(department__id as bigint) as department_id,
        -- names
        {{ clean_text('summary') }} as summary,
        {{ clean_text('wbs_code') }} as wbs_code,
        {{ clean_text('project__name') }} as project_name,
        {{ clean_text('phase__name') }} as phase_name,
        {{ clean_text('company__name') }} as company_name,
        {{ clean_text('contact_name') }} as contact_name,
        {{ clean_text('board__name') }} as board_name,
        {{ clean_text('status__name') }} as status_name,
        {{ clean_text('priority__name') }} as priority_name,
        {{ clean_text('type__name') }} as type_name,
        {{ clean_text('sub_type__name') }} as subtype_name,
        {{ clean_text('item__name') }} as item_name,
        {{ clean_text('owner__name') }} as owner_name,
        {{ clean_text('source__name') }} as source_name,
        {{ clean_text('resources') }} as resource_identifiers,
        {{ clean_text('sub_billing_method') }} as billing_method,
        {{ clean_text('currency__currency_code') }} as currency_code,
        -- timestamps
        {{ utc_timestamp('_info__date_entered') }} as entered_at,
        {{ utc_timestamp('closed_date') }} as closed_at,
        {{ utc_timestamp('required_date') }} as required_at,
        -- days
        {{ recorded_date('estimated_start_date') }} as estimated_start_date,
        {{ recorded_date('schedule_start_date') }} as scheduled_start_date,
        {{ recorded_date('schedule_end_date') }} as scheduled_end_date,
        -- flags
        {{ flag('closed_flag') }} as is_closed,
        {{ flag('is_issue_flag') }} as is_issue,
        {{ flag('customer_updated_flag') }} as is_customer_updated,
        -- measures
        {{ decimal_4('budget_hours') }} as budget_hours,
        {{ decimal_4('actual_hours') }} as actual_hours,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at,
        cast(_row_hash as varchar) as row_hash
    from source
    where {{ not_deleted('project_tickets') }}

)

select * from renamed
