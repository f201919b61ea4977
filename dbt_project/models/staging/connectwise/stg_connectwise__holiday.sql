with source as (

    select * from {{ source('connectwise_raw', 'holidays') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as holiday_id,
        cast(_parent_id as bigint) as holiday_list_id,
        -- names
        {{ clean_text('name') }} as holiday_name,
        {{ clean_text('time_start') }} as starts,
        {{ clean_text('time_end') }} as ends,
        -- days
        {{ recorded_date('date') }} as holiday_date,
        -- flags
        {{ flag('all_day_flag') }} as is_all_day,
        -- bookkeeping
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('holidays') }}

)

select * from renamed
