with source as (

    select * from {{ source('connectwise_raw', 'survey_results') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as survey_result_id,
        cast(_parent_id as bigint) as survey_id,
        cast(ticket_id as bigint) as ticket_id,
        cast(company__id as bigint) as company_id,
        cast(contact__id as bigint) as contact_id,
        -- names
        {{ clean_text('company__name') }} as company_name,
        {{ clean_text('contact__name') }} as contact_name,
        {{ clean_text('email_address') }} as email_address,
        {{ clean_text('footer_response') }} as footer_response,
        -- flags
        {{ flag('contact_me_flag') }} as is_contact_wanted,
        -- counts
        cast(total_points as bigint) as points_count,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('survey_results') }}

)

select * from renamed
