with ratings as (

    select * from {{ ref('int_service__ratings') }}

),

tickets as (

    select * from {{ ref('fct_ticket') }}

),

-- The first that anybody did on the ticket after the answer.
activities as (

    select ticket_id, created_at as happened_at
    from {{ ref('stg_connectwise__service_ticket_note') }}
    union all
    select ticket_id, started_at
    from {{ ref('fct_time_entry') }}

),

followed as (

    select
        ratings.survey_result_id,
        min(activities.happened_at) as followed_up_at
    from ratings
    inner join activities
        on ratings.ticket_id = activities.ticket_id
        and ratings.answered_at < activities.happened_at
    where activities.happened_at <= {{ as_of_at() }}
    group by ratings.survey_result_id

),

moments as (

    select
        ratings.survey_result_id,
        calendars.calendar_id,
        'answered' as kind,
        ratings.answered_at as moment
    from ratings
    inner join {{ ref('int_service__ticket_calendars') }} as calendars
        on ratings.ticket_id = calendars.ticket_id
    union all
    select
        ratings.survey_result_id,
        calendars.calendar_id,
        'followed',
        followed.followed_up_at
    from ratings
    inner join {{ ref('int_service__ticket_calendars') }} as calendars
        on ratings.ticket_id = calendars.ticket_id
    inner join followed on ratings.survey_result_id = followed.survey_result_id

),

positions as (

    {{ with_open_seconds('moments') }}

),

waits as (

    select
        survey_result_id,
        max(open_seconds) filter (where kind = 'followed')
        - max(open_seconds) filter (where kind = 'answered') as open_seconds
    from positions
    group by survey_result_id

),

final as (

    select
        -- keys
        ratings.survey_result_id,
        ratings.survey_id,
        ratings.ticket_id,
        coalesce(tickets.company_id, ratings.company_id) as company_id,
        coalesce(ratings.contact_id, tickets.contact_id) as contact_id,
        tickets.board_id,
        tickets.team_id,
        tickets.owner_member_id,
        -- attributes
        surveys.survey_name,
        {{ rating_class('ratings.score_pct') }} as rating_class,
        ratings.comment,
        -- times
        ratings.answered_at,
        ratings.answered_date,
        followed.followed_up_at,
        -- flags
        ratings.score_pct is not null
        and coalesce(not tickets.is_merged, false) as is_rated,
        coalesce({{ rating_class('ratings.score_pct') }} = 'positive', false)
            as is_positive,
        coalesce({{ rating_class('ratings.score_pct') }} = 'negative', false)
            as is_negative,
        coalesce(ratings.score_pct >= 85, false) as is_promoter,
        coalesce(ratings.score_pct < 65, false) as is_detractor,
        followed.followed_up_at is not null as is_followed_up,
        ratings.is_contact_wanted,
        coalesce(tickets.is_merged, false) as is_of_merged_ticket,
        -- measures
        ratings.points_count,
        ratings.most_points_count,
        ratings.score_pct,
        cast(waits.open_seconds / 3600.0 as decimal(19, 4))
            as follow_up_business_hours,
        -- bookkeeping
        ratings.synced_at
    from ratings
    left join tickets on ratings.ticket_id = tickets.ticket_id
    left join {{ ref('stg_connectwise__survey') }} as surveys
        on ratings.survey_id = surveys.survey_id
    left join followed on ratings.survey_result_id = followed.survey_result_id
    left join waits on ratings.survey_result_id = waits.survey_result_id

)

select * from final
