with source as (

    select * from {{ source('connectwise_raw', 'members') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as member_id,
        cast(calendar__id as bigint) as calendar_id,
        cast(work_role__id as bigint) as work_role_id,
        cast(work_type__id as bigint) as work_type_id,
        cast(reports_to__id as bigint) as reports_to_member_id,
        cast(default_location__id as bigint) as location_id,
        cast(default_department__id as bigint) as department_id,
        -- names
        {{ clean_text('identifier') }} as member_identifier,
        {{ clean_text('first_name') }} as first_name,
        {{ clean_text('last_name') }} as last_name,
        {{ clean_text('title') }} as title,
        {{ clean_text('license_class') }} as license_class,
        {{ clean_text('type__name') }} as member_type_name,
        {{ clean_text('work_role__name') }} as work_role_name,
        {{ clean_text('default_location__name') }} as location_name,
        {{ clean_text('default_department__name') }} as department_name,
        {{ clean_text('time_zone__name') }} as time_zone_name,
        -- days
        {{ recorded_date('hire_date') }} as hire_date,
        {{ recorded_date('inactive_date') }} as inactive_date,
        -- flags
        {{ flag('inactive_flag') }} as is_inactive,
        {{ flag('include_in_utilization_reporting_flag') }}
            as is_in_utilisation_reporting,
        {{ flag('require_time_sheet_entry_flag') }} as is_time_sheet_required,
        -- measures
        {{ decimal_4('daily_capacity') }} as daily_capacity_hours,
        {{ decimal_4('hourly_cost') }} as hourly_cost_amount,
        {{ decimal_4('hourly_rate') }} as hourly_rate_amount,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('members') }}

)

select * from renamed
