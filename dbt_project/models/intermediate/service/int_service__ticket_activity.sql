-- What people did on a ticket: time, and the notes that were read.
with worked as (

    select
        *,
        max(coalesce(ended_at, started_at)) over (
            partition by ticket_id, member_id order by started_at, time_entry_id
            rows between unbounded preceding and 1 preceding
        ) as worked_until_at
    from {{ ref('fct_time_entry') }}
    {{ changed_only('ticket_id', 'int_service__ticket_fingerprints') }}
    where ticket_id is not null

),

-- First what a member did on a day, so that members and days need no list of their own.
touches as (

    select
        ticket_id,
        member_id,
        work_date,
        count(*) as time_entries_count,
        -- Work less than an hour after a member's last entry goes on with it; entries
        -- without hours are notes.
        sum(
            case
                when actual_hours <= 0 then 0
                when
                    date_diff('minute', worked_until_at, started_at)
                    < {{ var('work_block_gap_minutes') }} then 0
                else 1
            end
        ) as work_blocks_count,
        sum(actual_hours) as logged_hours,
        sum(case when is_billable then actual_hours else 0 end) as billable_hours,
        min(started_at) as first_time_at,
        max(case when started_at <= {{ as_of_at() }} then started_at end)
            as last_time_at
    from worked
    group by ticket_id, member_id, work_date

),

time_entries as (

    select
        ticket_id,
        sum(time_entries_count) as time_entries_count,
        count(distinct member_id) as members_count,
        count(*) as touches_count,
        sum(work_blocks_count) as work_blocks_count,
        sum(logged_hours) as logged_hours,
        sum(billable_hours) as billable_hours,
        min(first_time_at) as first_time_at,
        max(last_time_at) as last_time_at
    from touches
    group by ticket_id

),

-- Notes of a converted ticket stand in both lists until the next sweep.
all_notes as (

    select ticket_id, note_id, created_at
    from {{ ref('stg_connectwise__service_ticket_note') }}
    union all
    select ticket_id, note_id, created_at
    from {{ ref('stg_connectwise__project_ticket_note') }}

),

notes as (

    select
        ticket_id,
        count(distinct note_id) as notes_count,
        max(case when created_at <= {{ as_of_at() }} then created_at end)
            as last_note_at
    from all_notes
    {{ changed_only('ticket_id', 'int_service__ticket_fingerprints') }}
    group by ticket_id

),

final as (

    select
        coalesce(time_entries.ticket_id, notes.ticket_id) as ticket_id,
        cast(coalesce(time_entries.time_entries_count, 0) as bigint)
            as time_entries_count,
        coalesce(time_entries.members_count, 0) as members_count,
        coalesce(time_entries.touches_count, 0) as touches_count,
        cast(coalesce(time_entries.work_blocks_count, 0) as bigint)
            as work_blocks_count,
        coalesce(time_entries.logged_hours, 0) as logged_hours,
        coalesce(time_entries.billable_hours, 0) as billable_hours,
        coalesce(notes.notes_count, 0) as notes_count,
        time_entries.first_time_at,
        time_entries.last_time_at,
        notes.last_note_at
    from time_entries
    full join notes on time_entries.ticket_id = notes.ticket_id

)

select * from final
