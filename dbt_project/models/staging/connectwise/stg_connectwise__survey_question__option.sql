with source as (

    select * from {{ source('connectwise_raw', 'survey_questions__options') }}

),

renamed as (

    select
        -- ids
        cast(_parent_id as bigint) as survey_question_id,
        cast(_position as bigint) as position,
        -- names
        {{ clean_text('caption') }} as caption,
        -- flags
        {{ flag('include_flag') }} as is_included,
        -- counts
        cast(points as bigint) as points_count
    from source
    where {{ not_deleted('survey_questions', '_parent_id') }}

)

select * from renamed
