with source as (

    select * from {{ source('connectwise_raw', 'calendars') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as calendar_id,
        cast(holiday_list__id as bigint) as holiday_list_id,
        -- names
        {{ clean_text('name') }} as calendar_name,
        -- opening times, as HH:MM:SS text
        {{ clean_text('monday_start_time') }} as monday_opens,
        {{ clean_text('monday_end_time') }} as monday_closes,
        {{ clean_text('tuesday_start_time') }} as tuesday_opens,
        {{ clean_text('tuesday_end_time') }} as tuesday_closes,
        {{ clean_text('wednesday_start_time') }} as wednesday_opens,
        {{ clean_text('wednesday_end_time') }} as wednesday_closes,
        {{ clean_text('thursday_start_time') }} as thursday_opens,
        {{ clean_text('thursday_end_time') }} as thursday_closes,
        {{ clean_text('friday_start_time') }} as friday_opens,
        {{ clean_text('friday_end_time') }} as friday_closes,
        {{ clean_text('saturday_start_time') }} as saturday_opens,
        {{ clean_text('saturday_end_time') }} as saturday_closes,
        {{ clean_text('sunday_start_time') }} as sunday_opens,
        {{ clean_text('sunday_end_time') }} as sunday_closes,
        -- bookkeeping
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('calendars') }}

)

select * from renamed
