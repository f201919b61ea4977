with source as (

    select * from {{ source('connectwise_raw', 'surveys') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as survey_id,
        cast(notify_member__id as bigint) as notify_member_id,
        -- names
        {{ clean_text('name') }} as survey_name,
        {{ clean_text('notify_who__name') }} as notify_who_name,
        {{ clean_text('header_text') }} as header_text,
        {{ clean_text('footer_text') }} as footer_text,
        {{ clean_text('thank_you_text') }} as thank_you_text,
        -- flags
        {{ flag('inactive_flag') }} as is_inactive,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('surveys') }}

)

select * from renamed
