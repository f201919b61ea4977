{{ config(meta={'period': 'version'}) }}

-- What each sync saw of a ticket: a row whenever the state differs from the last one
-- that was seen. Never rebuilt, since the API gives only what is true now.
with seen as (

    select
        tickets.ticket_id,
        tickets.ticket_kind,
        tickets.status_id,
        tickets.status_name,
        tickets.board_id,
        tickets.priority_id,
        tickets.owner_member_id,
        tickets.team_id,
        tickets.is_closed,
        tickets.merged_parent_ticket_id,
        tickets.parent_ticket_id,
        coalesce(
            tickets.effective_closed_at,
            tickets.updated_at,
            tickets.effective_opened_at
        ) as changed_at,
        tickets.effective_opened_at as opened_at,
        clock.as_of_at as seen_at
    from {{ ref('int_service__tickets_united') }} as tickets
    cross join {{ ref('int_core__as_of') }} as clock

),

{% if is_incremental() %}
latest as (

    select *
    from {{ this }}
    qualify
        row_number() over (partition by ticket_id order by version_number desc) = 1

),

final as (

    select
        seen.*,
        cast(coalesce(latest.version_number, 0) + 1 as bigint) as version_number
    from seen
    left join latest on seen.ticket_id = latest.ticket_id
    where
        latest.ticket_id is null
        or (
            seen.status_id, seen.board_id, seen.priority_id, seen.owner_member_id,
            seen.team_id, seen.is_closed, seen.merged_parent_ticket_id,
            seen.parent_ticket_id, seen.ticket_kind
        ) is distinct from (
            latest.status_id, latest.board_id, latest.priority_id,
            latest.owner_member_id, latest.team_id, latest.is_closed,
            latest.merged_parent_ticket_id, latest.parent_ticket_id,
            latest.ticket_kind
        )

)
{% else %}
final as (

    select
        *,
        cast(1 as bigint) as version_number
    from seen

)
{% endif %}

select * from final
