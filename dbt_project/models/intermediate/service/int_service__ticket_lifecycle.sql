-- What a ticket has been through, by its status history.
with intervals as not materialized (

    select *
    from {{ ref('fct_ticket_status_history') }}
    {{ changed_only('ticket_id', 'int_service__ticket_fingerprints') }}

),

-- A close is a state that closes, or the end of a closed ticket's life.
closes as (

    select
        ticket_id,
        min(started_at) as first_closed_at
    from intervals
    where is_closed_status
    group by ticket_id

),

reopenings as (

    select
        intervals.ticket_id,
        count(*) as reopens_count,
        min(intervals.started_at) as first_reopened_at,
        bool_or(
            before.started_at >= {{ dbt.dateadd('day', -14, 'intervals.started_at') }}
        ) as is_reopened_within_14_days
    from intervals
    inner join intervals as before
        on intervals.ticket_id = before.ticket_id
        and intervals.interval_number = before.interval_number + 1
    where intervals.is_reopening
    group by intervals.ticket_id

),

totals as (

    select
        ticket_id,
        count(*) as status_intervals_count,
        {% for name, class in [
            ('new', 'new'),
            ('working', 'working'),
            ('scheduled', 'scheduled'),
            ('waiting_client', 'waiting client'),
            ('waiting_vendor', 'waiting vendor'),
        ] %}
        cast(coalesce(sum(business_seconds) filter (
            where status_class = '{{ class }}'
        ), 0) // 60 as bigint) as {{ name }}_business_minutes,
        {% endfor %}
        cast(coalesce(sum(business_seconds) filter (
            where escalation_status = 'NotResponded'
        ), 0) // 60 as bigint) as not_responded_business_minutes,
        cast(sum(business_seconds) // 60 as bigint) as elapsed_business_minutes,
        count(*) filter (where is_board_changed) as board_changes_count,
        count(*) filter (where is_owner_changed) as owner_changes_count,
        bool_or(is_tier_raised) as is_escalated,
        -- The first poll of a ticket only tells when its record changed last.
        max(started_at) filter (
            where interval_number > 1
            and not (history_source = 'poll' and confidence = 'low')
        ) as last_status_change_at,
        min(started_at) filter (where is_priority_lowered) as priority_lowered_at,
        case
            when bool_and(confidence = 'high') then 'high'
            when bool_or(confidence = 'low') then 'low'
            else 'medium'
        end as history_confidence
    from intervals
    group by ticket_id

),

final as (

    select
        totals.*,
        closes.first_closed_at as first_seen_close_at,
        coalesce(reopenings.reopens_count, 0) as reopens_count,
        coalesce(reopenings.is_reopened_within_14_days, false)
            as is_reopened_within_14_days
    from totals
    left join closes on totals.ticket_id = closes.ticket_id
    left join reopenings on totals.ticket_id = reopenings.ticket_id

)

select * from final
