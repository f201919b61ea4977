{{ config(materialized='table') }}

-- What a row of fct_ticket is made of: its record and states, the time and notes on it,
-- ratings and repeats, and what client, source and set-up say.
with clock as (

    select * from {{ ref('int_core__as_of') }}

),

worked as (

    select
        entries.ticket_id,
        sum(hash(
            entries.time_entry_id,
            made_from.fingerprint,
            entries.started_at > clock.as_of_at
        )) as entries_hash
    from {{ ref('fct_time_entry') }} as entries
    inner join {{ ref('int_time__entry_fingerprints') }} as made_from
        on entries.time_entry_id = made_from.time_entry_id
    cross join clock
    where entries.ticket_id is not null
    group by entries.ticket_id

),

all_notes as (

    {% for kind in ['service', 'project'] %}
    select ticket_id, note_id, created_at
    from {{ ref('stg_connectwise__' ~ kind ~ '_ticket_note') }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

noted as (

    select
        all_notes.ticket_id,
        sum(hash(
            all_notes.note_id, all_notes.created_at,
            all_notes.created_at > clock.as_of_at
        )) as notes_hash
    from all_notes
    cross join clock
    group by all_notes.ticket_id

),

fingerprinted as (

    select
        tickets.ticket_id,
        hash(
            states.fingerprint,
            worked.entries_hash,
            noted.notes_hash,
            repeats.ticket_id is not null,
            hash(rated),
            companies.is_internal,
            sources.is_noise
        ) as fingerprint
    from {{ ref('int_service__tickets_united') }} as tickets
    inner join {{ ref('int_service__ticket_state_fingerprints') }} as states
        on tickets.ticket_id = states.ticket_id
    left join {{ ref('int_service__ticket_ratings') }} as rated
        on tickets.ticket_id = rated.ticket_id
    left join {{ ref('int_service__ticket_repeats') }} as repeats
        on tickets.ticket_id = repeats.ticket_id
    left join {{ ref('int_core__companies') }} as companies
        on tickets.company_id = companies.company_id
    left join {{ ref('dim_source') }} as sources
        on tickets.source_id = sources.source_id
    left join worked on tickets.ticket_id = worked.ticket_id
    left join noted on tickets.ticket_id = noted.ticket_id

),

final as (

    {{ flagged_if_changed('ticket_id', ['fct_ticket']) }}

)

select * from final
