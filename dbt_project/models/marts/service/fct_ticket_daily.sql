-- Made from the status history at each build. Before that begins, a ticket counts as
-- open throughout, and its board, owner and priority are those of today.
with open_intervals as (

    select * from {{ ref('int_service__open_intervals') }}

),

clock as (

    select * from {{ ref('int_core__as_of') }}

),

tickets as (

    select * from {{ ref('fct_ticket') }}

),

-- What work of a type usually takes, for tickets without a budget.
usual as (

    select
        type_name,
        median(logged_hours) as usual_hours
    from tickets
    where is_closed and logged_hours > 0
    group by type_name

),

expected as (

    select
        tickets.ticket_id,
        coalesce(tickets.budget_hours, usual.usual_hours, 0) as expected_hours
    from tickets
    left join usual on tickets.type_name = usual.type_name

),

-- Hours by the end of each day with time, also of days on which it was not open.
worked as (

    select
        ticket_id,
        work_date,
        sum(sum(actual_hours)) over (
            partition by ticket_id order by work_date
        ) as worked_hours
    from {{ ref('fct_time_entry') }}
    where ticket_id is not null and work_date is not null
    group by ticket_id, work_date

),

-- In it at the end of a day: begun by then, ended on a later day or not.
stays as (

    select
        open_intervals.*,
        clock.as_of_date,
        expected.expected_hours,
        case
            when open_intervals.ended_date <= clock.as_of_date
                then open_intervals.ended_date - 1
            else clock.as_of_date
        end as last_open_date
    from open_intervals
    cross join clock
    inner join expected on open_intervals.ticket_id = expected.ticket_id
    where open_intervals.started_date <= clock.as_of_date

),

days as (

    select
        *,
        cast(
            unnest(generate_series(started_date, last_open_date, interval 1 day))
            as date
        ) as snapshot_date
    from stays

),

remaining as (

    select
        days.*,
        days.expected_hours - coalesce(worked.worked_hours, 0) as hours_left
    from days
    {{ latest_at_or_before(
        'worked', 'ticket_id', 'work_date', 'days', 'snapshot_date'
    ) }}

),

final as (

    select
        -- keys
        snapshot_date,
        ticket_id,
        board_id,
        company_id,
        owner_member_id,
        priority_id,
        status_id,
        team_id,
        -- attributes
        status_class,
        history_source,
        confidence,
        -- flags
        is_service_population,
        snapshot_date = as_of_date as is_as_of_day,
        coalesce(status_class in ('waiting client', 'waiting vendor'), false)
            as is_waiting,
        owner_member_id is null as is_without_owner,
        -- measures
        cast(snapshot_date - opened_date as integer) as age_days,
        {{ age_bucket('(snapshot_date - opened_date)') }} as age_bucket,
        cast(
            case when hours_left > 0 then hours_left else 0 end as decimal(19, 4)
        ) as remaining_hours
    from remaining

)

select * from final
