-- What each member logged on each day, and where it went.
with entries as (

    select
        *,
        not is_absence and not is_billable as is_unbillable_work
    from {{ ref('fct_time_entry') }}
    where member_id is not null and work_date is not null

),

final as (

    select
        member_id,
        work_date,
        count(*) as time_entries_count,
        sum(actual_hours) as logged_hours,
        sum(case when is_absence then actual_hours end) as absence_hours,
        sum(case when absence_class = 'holiday' then actual_hours end)
            as logged_holiday_hours,
        sum(case when is_utilised then actual_hours end) as utilised_hours,
        sum(case when is_client_work then actual_hours end) as client_hours,
        sum(case when is_billable then actual_hours end) as billable_hours,
        sum(case when is_covered_by_agreement then actual_hours end) as covered_hours,
        sum(
            case
                when is_unbillable_work and billing_state = 'no charge'
                    then actual_hours
            end
        ) as no_charge_hours,
        sum(case when work_class = 'project' then actual_hours end) as project_hours,
        sum(case when work_class = 'service ticket' then actual_hours end)
            as service_ticket_hours,
        sum(case when is_same_day_entry then actual_hours end)
            as same_day_entered_hours,
        sum(after_hours_hours) as after_hours_hours,
        sum(overlap_minutes) as overlap_minutes,
        min(case when not has_doubtful_times then started_at end) as first_started_at,
        max(case when not has_doubtful_times then ended_at end) as last_ended_at,
        sum(labour_cost_amount) as labour_cost_amount
    from entries
    group by member_id, work_date

)

select * from final
