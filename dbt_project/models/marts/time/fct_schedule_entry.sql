with bookings as (

    select * from {{ ref('stg_connectwise__schedule_entry') }}

),

tickets as (

    select
        ticket_id,
        company_id,
        board_id,
        project_id
    from {{ ref('int_service__tickets_united') }}

),

-- Time of the same member on the same ticket while the booking lasted.
worked as (

    select
        bookings.schedule_entry_id,
        sum(
            date_diff(
                'second',
                case
                    when entries.started_at > bookings.starts_at
                        then entries.started_at
                    else bookings.starts_at
                end,
                case
                    when entries.ended_at < bookings.ends_at then entries.ended_at
                    else bookings.ends_at
                end
            )
        ) / 3600 as worked_hours
    from bookings
    inner join {{ ref('fct_time_entry') }} as entries
        on bookings.object_id = entries.ticket_id
        and bookings.member_id = entries.member_id
        and bookings.ends_at > entries.started_at
        and bookings.starts_at < entries.ended_at
    where not entries.has_doubtful_times
    group by bookings.schedule_entry_id

),

-- When the member first worked on the ticket on the day of the booking.
started as (

    select
        bookings.schedule_entry_id,
        min(entries.started_at) as first_started_at
    from bookings
    inner join {{ ref('fct_time_entry') }} as entries
        on bookings.object_id = entries.ticket_id
        and bookings.member_id = entries.member_id
        and {{ reporting_date('bookings.starts_at') }} = entries.work_date
    where not entries.has_doubtful_times
    group by bookings.schedule_entry_id

),

joined as (

    select
        bookings.* exclude (scheduled_hours),
        tickets.* exclude (ticket_id),
        tickets.ticket_id,
        worked.worked_hours,
        started.first_started_at,
        coalesce(statuses.is_tentative, false) as is_tentative,
        coalesce(bookings.schedule_status_name ilike 'cancel%', false) as is_cancelled,
        coalesce(bookings.ends_at <= clock.as_of_at, false) as is_past,
        coalesce(
            bookings.scheduled_hours,
            date_diff('second', bookings.starts_at, bookings.ends_at) / 3600,
            0
        ) as scheduled_hours
    from bookings
    cross join {{ ref('int_core__as_of') }} as clock
    left join tickets on bookings.object_id = tickets.ticket_id
    left join worked on bookings.schedule_entry_id = worked.schedule_entry_id
    left join started on bookings.schedule_entry_id = started.schedule_entry_id
    left join {{ ref('stg_connectwise__schedule_status') }} as statuses
        on bookings.schedule_status_id = statuses.schedule_status_id

),

final as (

    select
        -- keys
        schedule_entry_id,
        member_id,
        ticket_id,
        company_id,
        board_id,
        project_id,
        -- attributes
        schedule_entry_name,
        schedule_type_identifier,
        schedule_status_name,
        service_location_name,
        -- days and times
        {{ reporting_date('starts_at') }} as booked_date,
        starts_at,
        ends_at,
        -- flags
        is_past,
        coalesce(is_done, false) as is_done,
        coalesce(is_acknowledged, false) as is_acknowledged,
        is_tentative,
        is_cancelled,
        scheduled_hours >= 24 as is_all_day,
        is_past
        and ticket_id is not null
        and not is_tentative
        and not is_cancelled
        and scheduled_hours > 0
        and scheduled_hours < 24 as is_adherence_population,
        abs({{ dbt.datediff('starts_at', 'first_started_at', 'second') }})
        <= {{ var('on_time_start_minutes') }} * 60 as is_on_time_start,
        -- measures
        cast(scheduled_hours as decimal(19, 4)) as scheduled_hours,
        cast(
            case
                when worked_hours is null or scheduled_hours <= 0 then 0
                when worked_hours > scheduled_hours then scheduled_hours
                else worked_hours
            end as decimal(19, 4)
        ) as kept_hours,
        {{ dbt.datediff('starts_at', 'first_started_at', 'minute') }}
            as start_delay_minutes,
        -- bookkeeping
        updated_at,
        synced_at
    from joined

)

select * from final
