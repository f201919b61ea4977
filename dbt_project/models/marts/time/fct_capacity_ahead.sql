with clock as (

    select * from {{ ref('int_core__as_of') }}

),

booked as (

    select
        member_id,
        booked_date as work_date,
        sum(scheduled_hours) as scheduled_hours
    from {{ ref('fct_schedule_entry') }}
    where not is_cancelled and not is_done and not is_all_day and member_id is not null
    group by member_id, booked_date

),

final as (

    select
        -- keys
        capacity.member_id,
        capacity.work_date,
        -- flags
        capacity.is_in_utilisation_reporting,
        capacity.work_date <= clock.as_of_date + 10 as is_next_10_days,
        -- measures
        cast(capacity.available_hours - capacity.holiday_hours as decimal(19, 4))
            as net_available_hours,
        {{ sum_or_zero('booked.scheduled_hours') }} as scheduled_hours
    from {{ ref('int_time__capacity') }} as capacity
    cross join clock
    left join booked
        on capacity.member_id = booked.member_id
        and capacity.work_date = booked.work_date
    where capacity.is_future

)

select * from final
