with source as (

    select * from {{ source('connectwise_raw', 'company_sites') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as site_id,
        cast(_parent_id as bigint) as company_id,
        cast(calendar__id as bigint) as calendar_id,
        cast(tax_code__id as bigint) as tax_code_id,
        cast(territory__id as bigint) as territory_location_id,
        -- names
        {{ clean_text('name') }} as site_name,
        {{ clean_text('address_line1') }} as address_line1,
        {{ clean_text('address_line2') }} as address_line2,
        {{ clean_text('city') }} as city,
        {{ clean_text('state_reference__identifier') }} as state_identifier,
        {{ clean_text('state_reference__name') }} as state_name,
        {{ clean_text('zip') }} as zip_code,
        {{ clean_text('country__name') }} as country_name,
        {{ clean_text('phone_number') }} as phone_number,
        {{ clean_text('time_zone__name') }} as time_zone_name,
        {{ clean_text('calendar__name') }} as calendar_name,
        {{ clean_text('tax_code__name') }} as tax_code_name,
        {{ clean_text('territory__name') }} as territory_name,
        -- flags
        {{ flag('inactive_flag') }} as is_inactive,
        {{ flag('primary_address_flag') }} as is_primary_address,
        {{ flag('default_shipping_flag') }} as is_default_shipping,
        {{ flag('default_billing_flag') }} as is_default_billing,
        {{ flag('default_mailing_flag') }} as is_default_mailing,
        {{ flag('bill_separate_flag') }} as is_billed_separately,
        -- measures
        {{ decimal_4('expense_reimbursement') }} as expense_reimbursement_rate,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('company_sites') }}

)

select * from renamed
