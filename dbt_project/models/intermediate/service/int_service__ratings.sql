-- Answers to surveys with the points that could be had: the best option of each
-- question that offers options and is part of the survey. The survey's own date is all
-- that tells when it was answered.
with results as (

    select * from {{ ref('stg_connectwise__survey_result') }}

),

questions as (

    select
        options.survey_question_id,
        max(options.points_count) as most_points_count
    from {{ ref('stg_connectwise__survey_question__option') }} as options
    where coalesce(options.is_included, true)
    group by options.survey_question_id

),

surveys as (

    select
        questions.survey_id,
        sum(best.most_points_count) as most_points_count
    from {{ ref('stg_connectwise__survey_question') }} as questions
    inner join questions as best
        on questions.survey_question_id = best.survey_question_id
    where coalesce(questions.is_included, true)
    group by questions.survey_id

),

comments as (

    select
        answers.survey_result_id,
        string_agg(answers.answer, ' / ' order by answers.position) as comment
    from {{ ref('stg_connectwise__survey_result__answer') }} as answers
    inner join {{ ref('stg_connectwise__survey_question') }} as questions
        on answers.survey_question_id = questions.survey_question_id
    left join questions as choices
        on answers.survey_question_id = choices.survey_question_id
    where choices.survey_question_id is null
    group by answers.survey_result_id

),

final as (

    select
        results.survey_result_id,
        results.survey_id,
        results.ticket_id,
        results.company_id,
        results.contact_id,
        results.updated_at as answered_at,
        {{ reporting_date('results.updated_at') }} as answered_date,
        results.points_count,
        cast(surveys.most_points_count as bigint) as most_points_count,
        case
            when results.points_count <= surveys.most_points_count
                then {{ pct('results.points_count', 'surveys.most_points_count') }}
        end as score_pct,
        comments.comment,
        results.is_contact_wanted,
        results.synced_at
    from results
    left join surveys on results.survey_id = surveys.survey_id
    left join comments on results.survey_result_id = comments.survey_result_id

)

select * from final
