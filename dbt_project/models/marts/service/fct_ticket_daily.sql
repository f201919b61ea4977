-- Backfilled from current records: a ticket that was closed and reopened counts as
-- open throughout, and its board, owner and priority are those of today.
with tickets as (

    select * from {{ ref('fct_ticket') }}

),

clock as (

    select * from {{ ref('int_core__as_of') }}

),

-- Open at the end of a day: opened by then, closed on a later day or not at all.
lifetimes as (

    select
        tickets.*,
        case
            when tickets.closed_date <= clock.as_of_date
                then tickets.closed_date - 1
            else clock.as_of_date
        end as last_open_date
    from tickets
    cross join clock
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
        -- measures
        cast(snapshot_date - opened_date as integer) as age_days,
        {{ age_bucket('(snapshot_date - opened_date)') }} as age_bucket
    from days

)

select * from final
