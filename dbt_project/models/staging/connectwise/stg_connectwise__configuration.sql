with source as (

    select * from {{ source('connectwise_raw', 'configurations') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as configuration_id,
        cast(company__id as bigint) as company_id,
        cast(contact__id as bigint) as contact_id,
        cast(site__id as bigint) as site_id,
        cast(type__id as bigint) as configuration_type_id,
        cast(status__id as bigint) as configuration_status_id,
        cast(location__id as bigint) as location_id,
        cast(business_unit_id as bigint) as department_id,
        cast(manufacturer__id as bigint) as manufacturer_id,
        cast(vendor__id as bigint) as vendor_company_id,
        cast(sla__id as bigint) as sla_id,
        cast(installed_by__id as bigint) as installed_by_member_id,
        cast(parent_configuration_id as bigint) as parent_configuration_id,
        -- names
        {{ clean_text('name') }} as configuration_name,
        {{ clean_text('company__name') }} as company_name,
        {{ clean_text('contact__name') }} as contact_name,
        {{ clean_text('site__name') }} as site_name,
        {{ clean_text('type__name') }} as configuration_type_name,
        {{ clean_text('status__name') }} as configuration_status_name,
        {{ clean_text('manufacturer__name') }} as manufacturer_name,
        {{ clean_text('vendor__name') }} as vendor_name,
        {{ clean_text('device_identifier') }} as device_identifier,
        {{ clean_text('serial_number') }} as serial_number,
        {{ clean_text('model_number') }} as model_number,
        {{ clean_text('tag_number') }} as tag_number,
        {{ clean_text('manufacturer_part_number') }} as manufacturer_part_number,
        {{ clean_text('os_type') }} as os_type,
        {{ clean_text('os_info') }} as os_info,
        {{ clean_text('ip_address') }} as ip_address,
        {{ clean_text('mac_address') }} as mac_address,
        {{ clean_text('last_login_name') }} as last_login_name,
        {{ clean_text('notes') }} as notes,
        -- days
        {{ recorded_date('purchase_date') }} as purchase_date,
        {{ recorded_date('installation_date') }} as installed_date,
        {{ recorded_date('warranty_expiration_date') }} as warranty_expiration_date,
        -- timestamps
        {{ utc_timestamp('last_backup_date') }} as last_backup_at,
        -- flags
        {{ flag('active_flag') }} as is_active,
        {{ flag('bill_flag') }} as is_billed,
        {{ flag('needs_renewal_flag') }} as is_renewal_needed,
        -- counts
        cast(backup_successes as bigint) as backup_successes_count,
        cast(backup_failed as bigint) as backup_failures_count,
        cast(backup_incomplete as bigint) as backup_incompletes_count,
        cast(backup_restores as bigint) as backup_restores_count,
        -- measures
        {{ decimal_4('backup_billable_space_gb') }} as backup_billable_space_gb,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('configurations') }}

)

select * from renamed
