-- Backfilled from current records: a ticket that was closed and reopened counts as
-- open throughout, and its board, owner and priority are those of today.
with tickets as (

    select * from {{ ref('fct_ticket') }}

),

clock as (

    select * from {{ ref('int_core__as_of') }}

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

worked as (

    select
        ticket_id,
        work_date,
        sum(actual_hours) as hours
    from {{ ref('fct_time_entry') }}
    where ticket_id is not null
    group by ticket_id, work_date

),

-- Open at the end of a day: opened by then, closed on a later day or not at all.
lifetimes as (

    select
        tickets.*,
        clock.as_of_date,
        coalesce(tickets.budget_hours, usual.usual_hours, 0) as expected_hours,
        case
            when tickets.closed_date <= clock.as_of_date
                then tickets.closed_date - 1
            else clock.as_of_date
        end as last_open_date
    from tickets
    cross join clock
    left join usual on tickets.type_name = usual.type_name
    where tickets.opened_date <= clock.as_of_date

),

days as (

    select
        *,
        cast(
            unnest(generate_series(opened_date, last_open_date, interval 1 day))
            as date
        ) as snapshot_date
    from lifetimes

),

remaining as (

    select
        days.*,
        days.expected_hours - sum(coalesce(worked.hours, 0)) over (
            partition by days.ticket_id order by days.snapshot_date
        ) as hours_left
    from days
    left join worked
        on days.ticket_id = worked.ticket_id
        and days.snapshot_date = worked.work_date

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
        -- flags
        is_service_population,
        snapshot_date = as_of_date as is_as_of_day,
        -- measures
        cast(snapshot_date - opened_date as integer) as age_days,
        {{ age_bucket('(snapshot_date - opened_date)') }} as age_bucket,
        cast(
            case when hours_left > 0 then hours_left else 0 end as decimal(19, 4)
        ) as remaining_hours
    from remaining

)

select * from final
