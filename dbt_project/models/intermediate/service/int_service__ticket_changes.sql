-- States of tickets as the change log and our own polls tell them. A poll knows that a
-- state holds, and at which moment the record changed last, not what was in between.
with statuses as (

    select * from {{ ref('stg_connectwise__board_status') }}

),

-- The log names a status and a team, which are unique within a board only.
named_statuses as (

    select
        board_id,
        status_name,
        min(status_id) as status_id,
        arg_min(escalation_status, status_id) as escalation_status,
        arg_min(is_closed_status, status_id) as is_closed_status
    from statuses
    group by board_id, status_name

),

named_teams as (

    select
        board_id,
        team_name,
        min(team_id) as team_id
    from {{ ref('stg_connectwise__board_team') }}
    group by board_id, team_name

),

logged as (

    select
        log.ticket_id,
        log.updated_at as observed_at,
        statuses.status_id,
        log.status_name,
        statuses.escalation_status,
        log.board_id,
        log.priority_id,
        log.owner_member_id,
        teams.team_id,
        coalesce(statuses.is_closed_status, log.is_closed) as is_closed,
        'changelog' as history_source,
        'high' as confidence,
        30000000000 + log.ticket_changelog_id as precedence
    from {{ ref('stg_connectwise__service_ticket_changelog') }} as log
    left join named_statuses as statuses
        on log.board_id = statuses.board_id
        and log.status_name = statuses.status_name
    left join named_teams as teams
        on log.board_id = teams.board_id
        and log.team_name = teams.team_name
    where log.updated_at is not null

),

polled as (

    select
        versions.ticket_id,
        versions.changed_at as observed_at,
        versions.status_id,
        versions.status_name,
        statuses.escalation_status,
        versions.board_id,
        versions.priority_id,
        versions.owner_member_id,
        versions.team_id,
        versions.is_closed,
        'poll' as history_source,
        case when versions.version_number > 1 then 'medium' else 'low' end
            as confidence,
        20000000000 + versions.version_number as precedence
    from {{ ref('ticket_version') }} as versions
    left join statuses on versions.status_id = statuses.status_id

),

final as (

    select * from logged
    union all by name
    select * from polled

)

select * from final
