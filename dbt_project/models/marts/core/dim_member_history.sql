with versions as (

    select * from {{ ref('member_versions') }}

),

final as (

    select
        -- keys
        version_id as member_version_id,
        member_id,
        -- attributes
        member_identifier,
        first_name,
        last_name,
        title,
        license_class,
        work_role_name,
        department_name,
        location_name,
        reports_to_member_id,
        calendar_id,
        hire_date,
        inactive_date,
        is_inactive,
        is_in_utilisation_reporting,
        daily_capacity_hours,
        hourly_cost_amount,
        hourly_rate_amount,
        -- validity
        valid_from,
        valid_to,
        {{ effective_from('member_id') }} as effective_from,
        valid_to is null as is_current,
        home.home_currency_code
    from versions
    cross join {{ ref('int_core__home_currency') }} as home
    -- What began and ended between two looks at one clock never held.
    where valid_to is null or valid_to > valid_from

)

select * from final
