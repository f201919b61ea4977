with source as (

    select * from {{ source('connectwise_raw', 'contacts') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as contact_id,
        cast(company__id as bigint) as company_id,
        cast(site__id as bigint) as site_id,
        cast(manager_contact__id as bigint) as manager_contact_id,
        -- names
        {{ clean_text('first_name') }} as first_name,
        {{ clean_text('last_name') }} as last_name,
        {{ clean_text('title') }} as title,
        {{ clean_text('company__name') }} as company_name,
        {{ clean_text('department__name') }} as department_name,
        {{ clean_text('relationship__name') }} as relationship_name,
        -- flags
        {{ flag('inactive_flag') }} as is_inactive,
        {{ flag('default_flag') }} as is_default,
        {{ flag('default_billing_flag') }} as is_default_billing,
        -- timestamps
        {{ utc_timestamp('_info__date_entered') }} as entered_at,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('contacts') }}

)

select * from renamed
