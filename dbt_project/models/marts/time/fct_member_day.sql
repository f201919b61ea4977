-- Available hours know the member's calendar week but no holidays yet.
with members as (

    select
        member_id,
        working_calendar_id,
        case when daily_capacity_hours > 0 then daily_capacity_hours end
            as daily_capacity_hours
    from {{ ref('int_core__members') }}

),

worked as (

    select
        member_id,
        work_date,
        count(*) as time_entries_count,
        sum(actual_hours) as logged_hours,
        sum(case when is_absence then actual_hours else 0 end) as absence_hours,
        sum(case when is_utilised then actual_hours else 0 end) as utilised_hours,
        sum(case when is_client_work then actual_hours else 0 end) as client_hours,
        sum(case when is_billable then actual_hours else 0 end) as billable_hours,
        sum(case when is_covered_by_agreement then actual_hours else 0 end)
            as covered_hours,
        sum(case when work_class = 'project' then actual_hours else 0 end)
            as project_hours,
        sum(case when work_class = 'service ticket' then actual_hours else 0 end)
            as service_ticket_hours,
        sum(case when is_same_day_entry then actual_hours else 0 end)
            as same_day_entered_hours,
        sum(labour_cost_amount) as labour_cost_amount
    from {{ ref('fct_time_entry') }}
    where member_id is not null and work_date is not null
    group by member_id, work_date

),

-- Every day of every active person, from joining to leaving, also without time.
spine as (

    select
        employments.member_id,
        days.date_day as work_date
    from {{ ref('int_time__employments') }} as employments
    inner join {{ ref('dim_date') }} as days
        on days.date_day between employments.first_date and employments.last_date
    where not days.is_future

),

united as (

    select
        coalesce(spine.member_id, worked.member_id) as member_id,
        coalesce(spine.work_date, worked.work_date) as work_date,
        spine.member_id is not null as is_active_day,
        worked.* exclude (member_id, work_date)
    from spine
    full join worked
        on spine.member_id = worked.member_id
        and spine.work_date = worked.work_date

),

planned as (

    select
        united.*,
        case
            when not united.is_active_day then 0
            when calendars.calendar_id is null and isodow(united.work_date) > 5 then 0
            when calendars.calendar_id is null
                then coalesce(members.daily_capacity_hours, 8)
            when calendars.open_hours = 0 then 0
            else coalesce(members.daily_capacity_hours, calendars.open_hours)
        end as available_hours
    from united
    left join members on united.member_id = members.member_id
    left join {{ ref('int_core__calendar_weekdays') }} as calendars
        on members.working_calendar_id = calendars.calendar_id
        and isodow(united.work_date) = calendars.iso_weekday

),

final as (

    select
        -- keys
        member_id,
        work_date,
        -- flags
        is_active_day,
        available_hours > 0 as is_working_day,
        -- measures
        coalesce(time_entries_count, 0) as time_entries_count,
        {{ sum_or_zero('available_hours') }} as available_hours,
        {{ sum_or_zero('logged_hours') }} as logged_hours,
        {{ sum_or_zero('absence_hours') }} as absence_hours,
        {{ sum_or_zero('logged_hours - absence_hours') }} as worked_hours,
        {{ sum_or_zero('utilised_hours') }} as utilised_hours,
        {{ sum_or_zero('client_hours') }} as client_hours,
        {{ sum_or_zero('billable_hours') }} as billable_hours,
        {{ sum_or_zero('covered_hours') }} as covered_hours,
        {{ sum_or_zero('logged_hours - absence_hours - billable_hours') }}
            as non_billable_hours,
        {{ sum_or_zero('project_hours') }} as project_hours,
        {{ sum_or_zero('service_ticket_hours') }} as service_ticket_hours,
        {{ sum_or_zero('logged_hours - project_hours - service_ticket_hours') }}
            as other_hours,
        {{ sum_or_zero('same_day_entered_hours') }} as same_day_entered_hours,
        case
            when available_hours > coalesce(absence_hours, 0)
                then cast(
                    available_hours - coalesce(absence_hours, 0) as decimal(19, 4)
                )
            else cast(0 as decimal(19, 4))
        end as net_available_hours,
        {{ sum_or_zero('labour_cost_amount') }} as labour_cost_amount,
        home.home_currency_code
    from planned
    cross join {{ ref('int_core__home_currency') }} as home

)

select * from final
