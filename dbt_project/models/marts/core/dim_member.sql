with members as (

    select * from {{ ref('int_core__members') }}

),

final as (

    select
        -- keys
        member_id,
        reports_to_member_id,
        working_calendar_id as calendar_id,
        work_role_id,
        location_id,
        department_id,
        -- attributes
        member_identifier,
        member_name,
        title,
        license_class,
        member_type_name,
        work_role_name,
        location_name,
        department_name,
        time_zone_name,
        hire_date,
        inactive_date,
        -- flags
        is_inactive,
        is_api_member,
        is_in_utilisation_reporting,
        coalesce(is_time_sheet_required, false) as is_time_sheet_required,
        is_inferred,
        coalesce(hourly_cost_amount, 0) <= 0 as is_cost_missing,
        -- measures
        daily_capacity_hours,
        hourly_cost_amount,
        hourly_rate_amount,
        home.home_currency_code,
        -- bookkeeping
        updated_at,
        synced_at
    from members
    cross join {{ ref('int_core__home_currency') }} as home

)

select * from final
