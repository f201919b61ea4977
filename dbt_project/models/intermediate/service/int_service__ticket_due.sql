-- When the targets of a ticket are due: so much open time after its entry, and waiting
-- on top of it. Waiting counts where it came before the stage was reached.
with targets as (

    {% for stage, reached, seen in [
        ('respond', 'responded_at', 'waiting_seconds_0'),
        ('plan', 'planned_at', 'waiting_seconds_1'),
        ('resolution', 'resolved_at', 'waited_seconds'),
    ] %}
    select
        ticket_id,
        calendar_id,
        '{{ stage }}' as stage,
        cast(
            open_seconds + {{ stage }}_target_minutes * 60
            + case when {{ reached }} is null then waited_seconds else {{ seen }} end
            as bigint
        ) as due_open_seconds
    from {{ ref('int_service__ticket_clock') }}
    {{ changed_only('ticket_id', 'int_service__ticket_fingerprints') }}
    where {{ stage }}_target_minutes is not null
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

due as (

    {{ with_due_moment('targets') }}

),

final as (

    select
        ticket_id,
        max(due_at) filter (where stage = 'respond') as respond_due_at,
        max(due_at) filter (where stage = 'plan') as plan_due_at,
        max(due_at) filter (where stage = 'resolution') as resolution_due_at
    from due
    group by ticket_id

)

select * from final
