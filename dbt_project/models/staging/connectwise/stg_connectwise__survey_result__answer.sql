with source as (

    select * from {{ source('connectwise_raw', 'survey_results__results') }}

),

renamed as (

    select
        -- ids
        cast(_parent_id as bigint) as survey_result_id,
        cast(_position as bigint) as position,
        cast(question_id as bigint) as survey_question_id,
        -- names
        {{ clean_text('answer') }} as answer
    from source
    where {{ not_deleted('survey_results', '_parent_id') }}

)

select * from renamed
