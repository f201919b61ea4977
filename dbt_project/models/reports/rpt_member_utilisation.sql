with days as (

    select
        *,
        cast(date_trunc('week', work_date) as date) as week_start_date
    from {{ ref('fct_member_day') }}

),

weeks as (

    select
        member_id,
        week_start_date,
        count(*) filter (where is_working_day) as working_days_count,
        count(*) filter (where is_working_day and logged_hours = 0)
            as days_without_time_count,
        sum(available_hours) as available_hours,
        sum(absence_hours) as absence_hours,
        sum(net_available_hours) as net_available_hours,
        sum(logged_hours) as logged_hours,
        sum(worked_hours) as worked_hours,
        sum(utilised_hours) as utilised_hours,
        sum(client_hours) as client_hours,
        sum(billable_hours) as billable_hours,
        sum(covered_hours) as covered_hours,
        sum(non_billable_hours) as non_billable_hours,
        sum(same_day_entered_hours) as same_day_entered_hours,
        sum(labour_cost_amount) as labour_cost_amount,
        any_value(home_currency_code) as home_currency_code
    from days
    group by all

),

-- Entries whose times are doubtful say nothing about when they were entered.
lags as (

    select
        member_id,
        cast(date_trunc('week', work_date) as date) as week_start_date,
        median(entry_lag_minutes) as entry_lag_median_minutes
    from {{ ref('fct_time_entry') }}
    where not has_doubtful_times and member_id is not null
    group by all

),

final as (

    select
        -- keys
        weeks.member_id,
        weeks.week_start_date,
        -- who
        members.member_name,
        members.work_role_name,
        members.department_name,
        members.location_name,
        coalesce(members.is_in_utilisation_reporting, false)
            as is_in_utilisation_reporting,
        -- hours
        cast(weeks.available_hours as decimal(19, 4)) as available_hours,
        cast(weeks.absence_hours as decimal(19, 4)) as absence_hours,
        cast(weeks.net_available_hours as decimal(19, 4)) as net_available_hours,
        cast(weeks.logged_hours as decimal(19, 4)) as logged_hours,
        cast(weeks.worked_hours as decimal(19, 4)) as worked_hours,
        cast(weeks.utilised_hours as decimal(19, 4)) as utilised_hours,
        cast(weeks.client_hours as decimal(19, 4)) as client_hours,
        cast(weeks.billable_hours as decimal(19, 4)) as billable_hours,
        cast(weeks.covered_hours as decimal(19, 4)) as covered_hours,
        cast(weeks.non_billable_hours as decimal(19, 4)) as non_billable_hours,
        cast(weeks.labour_cost_amount as decimal(19, 4)) as labour_cost_amount,
        weeks.home_currency_code,
        -- shares of net available hours
        {{ pct('weeks.utilised_hours', 'weeks.net_available_hours') }}
            as utilisation_pct,
        {{ pct('weeks.client_hours', 'weeks.net_available_hours') }}
            as client_utilisation_pct,
        {{ pct('weeks.billable_hours', 'weeks.net_available_hours') }}
            as billable_utilisation_pct,
        {{ pct('weeks.billable_hours - weeks.covered_hours',
            'weeks.net_available_hours') }} as billable_uncovered_pct,
        {{ pct('weeks.logged_hours', 'weeks.available_hours') }} as logged_pct,
        -- discipline of time entry
        weeks.working_days_count,
        weeks.days_without_time_count,
        {{ pct('weeks.same_day_entered_hours', 'weeks.logged_hours') }}
            as same_day_entry_pct,
        cast(lags.entry_lag_median_minutes as decimal(19, 2))
            as entry_lag_median_minutes
    from weeks
    left join {{ ref('dim_member') }} as members on weeks.member_id = members.member_id
    left join lags
        on weeks.member_id = lags.member_id
        and weeks.week_start_date = lags.week_start_date

)

select * from final
