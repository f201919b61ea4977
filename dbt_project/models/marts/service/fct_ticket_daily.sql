{{ made_by_key('ticket_id', 'int_service__ticket_day_fingerprints') }}

-- Made from the status history at each build. Before that begins, a ticket counts as
-- open throughout, and its board, owner and priority are those of today.
with open_intervals as (

    select * from {{ ref('int_service__open_intervals') }}

),

clock as (

    select * from {{ ref('int_core__as_of') }}

),

expected as (

    select *
    from {{ ref('int_service__expected_hours') }}
    {{ changed_only('ticket_id', 'int_service__ticket_day_fingerprints') }}

),

-- Hours by the end of each day with time, also of days on which it was not open, and
-- the day on which there are more. Before the first there are none.
worked as (

    select
        ticket_id,
        work_date,
        sum(actual_hours) over by_day as worked_hours,
        lead(work_date) over by_day as next_work_date
    from (
        select ticket_id, work_date, sum(actual_hours) as actual_hours
        from {{ ref('fct_time_entry') }}
        {{ changed_only('ticket_id', 'int_service__ticket_day_fingerprints') }}
        where work_date is not null
        group by ticket_id, work_date
        union all
        select ticket_id, null, 0
        from expected
    )
    window by_day as (partition by ticket_id order by work_date nulls first)

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

-- Cut where hours were added, so that days are laid out with what was left on them.
pieces as (

    select
        stays.*,
        stays.expected_hours - worked.worked_hours as hours_left,
        case
            when worked.work_date > stays.started_date then worked.work_date
            else stays.started_date
        end as from_date,
        case
            when worked.next_work_date <= stays.last_open_date
                then worked.next_work_date - 1
            else stays.last_open_date
        end as until_date
    from stays
    inner join worked
        on stays.ticket_id = worked.ticket_id
        and coalesce(worked.work_date <= stays.last_open_date, true)
        and coalesce(worked.next_work_date > stays.started_date, true)

),

days as (

    select
        *,
        cast(
            unnest(generate_series(from_date, until_date, interval 1 day)) as date
        ) as snapshot_date
    from pieces

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
    from days

)

select * from final
