with capacity as (

    select * from {{ ref('int_time__capacity') }} where not is_future

),

booked as (

    select
        member_id,
        booked_date as work_date,
        sum(scheduled_hours) as scheduled_hours,
        sum(kept_hours) as kept_hours
    from {{ ref('fct_schedule_entry') }}
    where is_adherence_population and member_id is not null
    group by member_id, booked_date

),

-- Every day of every active person, also without time, and every day with either.
days as (

    select member_id, work_date from capacity
    union
    select member_id, work_date from {{ ref('int_time__worked_days') }}
    union
    select member_id, work_date from booked

),

joined as (

    select
        days.member_id,
        days.work_date,
        capacity.member_id is not null as is_active_day,
        coalesce(capacity.is_in_utilisation_reporting, false)
            as is_utilisation_population,
        coalesce(capacity.available_hours, 0) as available_hours,
        coalesce(capacity.holiday_hours, 0) as holiday_hours,
        coalesce(capacity.standard_hours, 0) as standard_hours,
        coalesce(worked.absence_hours, 0) as absence_hours,
        coalesce(worked.logged_holiday_hours, 0) as logged_holiday_hours,
        worked.* exclude (
            member_id, work_date, absence_hours, logged_holiday_hours
        ),
        booked.scheduled_hours,
        booked.kept_hours
    from days
    left join capacity
        on days.member_id = capacity.member_id
        and days.work_date = capacity.work_date
    left join {{ ref('int_time__worked_days') }} as worked
        on days.member_id = worked.member_id
        and days.work_date = worked.work_date
    left join booked
        on days.member_id = booked.member_id
        and days.work_date = booked.work_date

),

-- A holiday that the calendar knows and somebody logs as well is taken off once.
planned as (

    select
        *,
        absence_hours - logged_holiday_hours
        + case
            when logged_holiday_hours > holiday_hours then logged_holiday_hours
            else holiday_hours
        end as time_off_hours
    from joined

),

final as (

    select
        -- keys
        member_id,
        work_date,
        -- flags
        is_active_day,
        is_utilisation_population,
        available_hours > holiday_hours as is_working_day,
        -- measures: capacity
        cast(available_hours as decimal(19, 4)) as available_hours,
        cast(holiday_hours as decimal(19, 4)) as holiday_hours,
        cast(absence_hours as decimal(19, 4)) as absence_hours,
        cast(time_off_hours as decimal(19, 4)) as time_off_hours,
        cast(
            case
                when available_hours > time_off_hours
                    then available_hours - time_off_hours
                else 0
            end as decimal(19, 4)
        ) as net_available_hours,
        cast(standard_hours as decimal(19, 8)) as standard_hours,
        -- measures: time
        coalesce(time_entries_count, 0) as time_entries_count,
        {{ sum_or_zero('logged_hours') }} as logged_hours,
        {{ sum_or_zero('logged_hours - absence_hours') }} as worked_hours,
        {{ sum_or_zero('utilised_hours') }} as utilised_hours,
        {{ sum_or_zero('client_hours') }} as client_hours,
        {{ sum_or_zero('logged_hours - absence_hours - coalesce(client_hours, 0)') }}
            as internal_hours,
        {{ sum_or_zero('billable_hours') }} as billable_hours,
        {{ sum_or_zero('covered_hours') }} as covered_hours,
        {{ sum_or_zero('logged_hours - absence_hours - coalesce(billable_hours, 0)') }}
            as non_billable_hours,
        {{ sum_or_zero('no_charge_hours') }} as no_charge_hours,
        {{ sum_or_zero('project_hours') }} as project_hours,
        {{ sum_or_zero('service_ticket_hours') }} as service_ticket_hours,
        {{ sum_or_zero(
            'logged_hours - coalesce(project_hours, 0)'
            ~ ' - coalesce(service_ticket_hours, 0)'
        ) }} as other_hours,
        {{ sum_or_zero('same_day_entered_hours') }} as same_day_entered_hours,
        {{ sum_or_zero('after_hours_hours') }} as after_hours_hours,
        cast(coalesce(overlap_minutes, 0) as bigint) as overlap_minutes,
        {{ sum_or_zero(
            dbt.datediff('first_started_at', 'last_ended_at', 'second') ~ ' / 3600.0'
        ) }} as span_hours,
        -- measures: bookings
        {{ sum_or_zero('scheduled_hours') }} as scheduled_hours,
        {{ sum_or_zero('kept_hours') }} as kept_hours,
        -- measures: money
        {{ sum_or_zero('labour_cost_amount') }} as labour_cost_amount,
        home.home_currency_code
    from planned
    cross join {{ ref('int_core__home_currency') }} as home

)

select * from final
