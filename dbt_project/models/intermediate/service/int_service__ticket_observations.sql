{% set stages = [
    ('NotResponded', 'opened_at'),
    ('Responded', 'responded_at'),
    ('ResolutionPlan', 'planned_at'),
    ('Resolved', 'resolved_at'),
] %}

-- Every moment at which something is known of a ticket's state. The change log and our
-- own polls tell states; before the first of them only the record's SLA dates speak,
-- which tell the stage and not the status.
with tickets as (

    select
        ticket_id,
        board_id,
        priority_id,
        owner_member_id,
        team_id,
        sla_id,
        responded_at,
        planned_at,
        resolved_at,
        effective_opened_at as opened_at
    from {{ ref('int_service__tickets_united') }}
    {{ changed_only('ticket_id', 'int_service__ticket_state_fingerprints') }}

),

told as (

    select *
    from {{ ref('int_service__ticket_changes') }}
    {{ changed_only('ticket_id', 'int_service__ticket_state_fingerprints') }}

),

first_told as (

    select
        ticket_id,
        min(observed_at) as covered_from,
        arg_min(status_id, (observed_at, precedence)) as status_id,
        arg_min(status_name, (observed_at, precedence)) as status_name,
        arg_min(escalation_status, (observed_at, precedence)) as escalation_status,
        arg_min(is_closed, (observed_at, precedence)) as is_closed,
        arg_min(history_source, (observed_at, precedence)) as history_source
    from told
    group by ticket_id

),

-- The record speaks of the time before what was told; its opening always counts.
known as (

    select
        tickets.* exclude (responded_at, planned_at, resolved_at),
        {% for stage, moment in stages[1:] %}
        case
            when coalesce(tickets.{{ moment }} < first_told.covered_from, true)
                then tickets.{{ moment }}
        end as {{ moment }},
        {% endfor %}
        case
            when first_told.history_source = 'poll' and not first_told.is_closed
                then first_told.escalation_status
        end as polled_stage,
        first_told.status_id,
        first_told.status_name
    from tickets
    left join first_told on tickets.ticket_id = first_told.ticket_id

),

-- Open until proven otherwise; the record's own close ends the last interval. A poll
-- does not tell since when: a status whose stage the record dates last is taken to have
-- begun with the stage.
recorded as (

    {% for stage, moment in stages %}
    select
        * exclude (
            sla_id, opened_at, responded_at, planned_at, resolved_at, polled_stage,
            status_id, status_name
        ),
        {{ moment }} as observed_at,
        case when sla_id is not null then '{{ stage }}' end as escalation_status,
        sla_id is not null
        and polled_stage = '{{ stage }}'
        {% for later, later_moment in stages[loop.index:] %}
        and {{ later_moment }} is null
        {% endfor %}
            as is_polled_stage,
        case when is_polled_stage then status_id end as status_id,
        case when is_polled_stage then status_name end as status_name,
        false as is_closed,
        'record' as history_source,
        'low' as confidence,
        {{ loop.index }} as precedence
    from known
    {% if not loop.first %}where {{ moment }} is not null{% endif %}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

final as (

    select * from told
    union all by name
    select * exclude (is_polled_stage) from recorded

)

select * from final
