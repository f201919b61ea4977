{% set closed_or_today %}
coalesce(opportunities.closed_date, {{ as_of_date() }})
{%- endset %}
-- The stages in which an opportunity was seen, one stay after another: each day's
-- snapshot, and at the end the record itself, as of its close or of today.
with snapshots as (

    select
        opportunity_id,
        stage_id,
        snapshot_date as observed_date,
        stage_changed_date,
        false as is_ended,
        1 as precedence
    from {{ ref('opportunity_daily') }}
    where stage_id is not null

),

opportunities as (

    select * from {{ ref('fct_opportunity') }}

),

last_seen as (

    select
        opportunity_id,
        max(observed_date) as last_observed_date
    from snapshots
    group by opportunity_id

),

-- A close may be dated back to before the last snapshot. A move on the day of the close
-- may be the close itself, and dates nothing.
records as (

    select
        opportunities.opportunity_id,
        opportunities.stage_id,
        case
            when last_seen.last_observed_date > {{ closed_or_today }}
                then last_seen.last_observed_date
            else {{ closed_or_today }}
        end as observed_date,
        case
            when
                opportunities.is_open
                or opportunities.stage_changed_date < opportunities.closed_date
                then opportunities.stage_changed_date
        end as stage_changed_date,
        not opportunities.is_open as is_ended,
        2 as precedence
    from opportunities
    left join last_seen on opportunities.opportunity_id = last_seen.opportunity_id
    where opportunities.stage_id is not null

),

observed as (

    select * from snapshots
    union all by name
    select * from records

),

moves as (

    select
        *,
        lag(observed_date) over by_day as previous_date,
        coalesce(stage_id <> lag(stage_id) over by_day, true) as is_move
    from observed
    window by_day as (
        partition by opportunity_id order by observed_date, precedence
    )

),

-- ConnectWise's own day of the move, where it fits between the two days on which the
-- stages were seen; a first stage that was never left began with the opportunity.
entered as (

    select
        moves.opportunity_id,
        moves.stage_id,
        case
            when
                moves.stage_changed_date <= moves.observed_date
                and coalesce(moves.stage_changed_date >= moves.previous_date, true)
                then moves.stage_changed_date
            when moves.previous_date is not null then moves.observed_date
            when moves.stage_changed_date is null and not moves.is_ended
                then opportunities.began_date
        end as entered_date,
        opportunities.closed_date,
        row_number() over (
            partition by moves.opportunity_id
            order by moves.observed_date, moves.precedence
        ) as stay_number
    from moves
    inner join opportunities on moves.opportunity_id = opportunities.opportunity_id
    where moves.is_move

),

final as (

    select
        opportunity_id,
        stay_number,
        stage_id,
        entered_date,
        coalesce(
            lead(entered_date) over (
                partition by opportunity_id order by stay_number
            ),
            case
                when coalesce(closed_date >= entered_date, true) then closed_date
            end
        ) as left_date
    from entered

)

select * from final
