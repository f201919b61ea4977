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

),

told as (

    select * from {{ ref('int_service__ticket_changes') }}

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

-- Open until proven otherwise; the record's own close ends the last interval.
recorded as (

    {% for stage, moment in [
        ('NotResponded', 'opened_at'),
        ('Responded', 'responded_at'),
        ('ResolutionPlan', 'planned_at'),
        ('Resolved', 'resolved_at'),
    ] %}
    select
        ticket_id,
        {{ moment }} as observed_at,
        case when sla_id is not null then '{{ stage }}' end as escalation_status,
        board_id,
        priority_id,
        owner_member_id,
        team_id,
        false as is_closed,
        'record' as history_source,
        'low' as confidence,
        {{ loop.index }} as precedence
    from tickets
    {% if not loop.first %}where {{ moment }} is not null{% endif %}
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

kept as (

    select
        recorded.*,
        first_told.escalation_status = recorded.escalation_status
        and not first_told.is_closed
        and first_told.history_source = 'poll'
        and recorded.precedence = max(recorded.precedence) over (
            partition by recorded.ticket_id
        ) as is_same_stage,
        first_told.status_id,
        first_told.status_name
    from recorded
    left join first_told on recorded.ticket_id = first_told.ticket_id
    where
        recorded.precedence = 1
        or first_told.covered_from is null
        or recorded.observed_at < first_told.covered_from

),

final as (

    select * from told
    union all by name
    -- A poll does not tell since when: a status whose stage the record dates is taken
    -- to have begun with the stage.
    select
        * exclude (is_same_stage, status_id, status_name),
        case when is_same_stage then status_id end as status_id,
        case when is_same_stage then status_name end as status_name
    from kept

)

select * from final
