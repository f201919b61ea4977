with source as (

    select * from {{ source('connectwise_raw', 'survey_questions') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as survey_question_id,
        cast(_parent_id as bigint) as survey_id,
        -- names
        {{ clean_text('question') }} as question_text,
        {{ clean_text('type') }} as question_type,
        -- flags
        {{ flag('include_flag') }} as is_included,
        {{ flag('required_flag') }} as is_required,
        -- counts
        cast(sequence_number as bigint) as sequence_number,
        cast(no_answer_points as bigint) as no_answer_points_count,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('survey_questions') }}

)

select * from renamed
