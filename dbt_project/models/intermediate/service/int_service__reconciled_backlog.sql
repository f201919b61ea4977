-- The backlog of a day as its last sync saw it, beside the one that was made from the
-- status history since, ticket by ticket; what a close or an opening later on the same
-- day explains is told apart.
with seen as (

    select
        snapshot_date,
        ticket_id
    from {{ ref('open_ticket_daily') }}
    where snapshot_date >= {{ first_closed_month() }}

),

made as (

    select
        snapshot_date,
        ticket_id
    from {{ ref('fct_ticket_daily') }}
    semi join (select distinct snapshot_date from seen) as days
        using (snapshot_date)

),

came as (

    select distinct
        ticket_id,
        started_date as snapshot_date
    from {{ ref('int_service__open_intervals') }}

),

went as (

    select distinct
        ticket_id,
        ended_date as snapshot_date
    from {{ ref('int_service__open_intervals') }}

),

known as (

    select ticket_id
    from {{ ref('fct_ticket') }}

),

compared as (

    select
        coalesce(seen.snapshot_date, made.snapshot_date) as snapshot_date,
        seen.ticket_id is not null as is_seen,
        made.ticket_id is not null as is_made,
        case
            when seen.ticket_id = made.ticket_id then 'none'
            when made.ticket_id is null and known.ticket_id is null
                then 'deleted since'
            when made.ticket_id is null and went.ticket_id is not null
                then 'after the last sync of the day'
            when seen.ticket_id is null and came.ticket_id is not null
                then 'after the last sync of the day'
            else 'told otherwise by the history'
        end as cause
    from seen
    full outer join made
        on seen.snapshot_date = made.snapshot_date
        and seen.ticket_id = made.ticket_id
    left join known on seen.ticket_id = known.ticket_id
    left join went
        on seen.ticket_id = went.ticket_id
        and seen.snapshot_date = went.snapshot_date
    left join came
        on made.ticket_id = came.ticket_id
        and made.snapshot_date = came.snapshot_date

),

final as (

    select
        snapshot_date,
        count(*) filter (where is_made) as made_count,
        count(*) filter (where is_seen) as seen_count,
        count(*) as compared_count,
        -- The cause that weighs most.
        case
            when count(*) filter (where cause = 'told otherwise by the history') > 0
                then 'told otherwise by the history'
            when count(*) filter (where cause = 'deleted since') > 0
                then 'deleted since'
            when count(*) filter (where cause = 'after the last sync of the day') > 0
                then 'after the last sync of the day'
            else 'none'
        end as cause
    from compared
    group by snapshot_date

)

select * from final
