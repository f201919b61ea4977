with source as (

    select * from {{ source('connectwise_raw', 'configurations__questions') }}

),

renamed as (

    select
        -- ids
        cast(_parent_id as bigint) as configuration_id,
        cast(_position as bigint) as position,
        cast(question_id as bigint) as configuration_question_id,
        cast(answer_id as bigint) as answer_id,
        -- names
        {{ clean_text('question') }} as question_text,
        {{ clean_text('field_type') }} as field_type,
        {{ clean_text('answer') }} as answer,
        -- flags
        {{ flag('required_flag') }} as is_required,
        -- measures
        {{ decimal_4('sequence_number') }} as sequence_number
    from source
    where {{ not_deleted('configurations', '_parent_id') }}

)

select * from renamed
