with source as (

    select * from {{ source('connectwise_raw', 'company_teams') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as company_team_id,
        cast(_parent_id as bigint) as company_id,
        cast(member__id as bigint) as member_id,
        cast(contact__id as bigint) as contact_id,
        cast(team_role__id as bigint) as team_role_id,
        cast(location__id as bigint) as location_id,
        cast(department__id as bigint) as department_id,
        -- names
        {{ clean_text('member__name') }} as member_name,
        {{ clean_text('contact__name') }} as contact_name,
        {{ clean_text('team_role__name') }} as team_role_name,
        -- flags
        {{ flag('account_manager_flag') }} as is_account_manager,
        {{ flag('tech_flag') }} as is_technician,
        {{ flag('sales_flag') }} as is_sales,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('company_teams') }}

)

select * from renamed
