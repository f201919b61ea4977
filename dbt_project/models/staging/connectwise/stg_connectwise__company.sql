with source as (

    select * from {{ source('connectwise_raw', 'companies') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as company_id,
        cast(status__id as bigint) as status_id,
        cast(territory__id as bigint) as territory_id,
        cast(parent_company__id as bigint) as parent_company_id,
        cast(calendar__id as bigint) as calendar_id,
        cast(territory_manager__id as bigint) as territory_manager_member_id,
        cast(bill_to_company__id as bigint) as bill_to_company_id,
        -- names and places
        {{ clean_text('identifier') }} as company_identifier,
        {{ clean_text('name') }} as company_name,
        {{ clean_text('status__name') }} as status_name,
        {{ clean_text('territory__name') }} as territory_name,
        {{ clean_text('market__name') }} as market_name,
        {{ clean_text('city') }} as city,
        {{ clean_text('state') }} as state,
        {{ clean_text('country__name') }} as country_name,
        {{ clean_text('currency__currency_code') }} as currency_code,
        -- days
        {{ recorded_date('date_acquired') }} as acquired_date,
        -- timestamps
        {{ utc_timestamp('date_deleted') }} as deleted_at,
        {{ utc_timestamp('_info__date_entered') }} as entered_at,
        -- flags
        {{ flag('deleted_flag') }} as is_deleted,
        {{ flag('is_vendor_flag') }} as is_vendor,
        {{ flag('lead_flag') }} as is_lead,
        -- measures
        cast(number_of_employees as bigint) as employees_count,
        {{ decimal_4('annual_revenue') }} as annual_revenue_amount,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('companies') }}

)

select * from renamed
