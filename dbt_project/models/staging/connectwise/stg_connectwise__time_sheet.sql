with source as (

    select * from {{ source('connectwise_raw', 'time_sheets') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as time_sheet_id,
        cast(member__id as bigint) as member_id,
        -- names
        {{ clean_text('member__name') }} as member_name,
        {{ clean_text('status') }} as time_sheet_status,
        -- days
        {{ recorded_date('date_start') }} as start_date,
        {{ recorded_date('date_end') }} as end_date,
        {{ recorded_date('deadline') }} as deadline_date,
        -- counts
        cast(year as bigint) as period_year,
        cast(period as bigint) as period_number,
        -- measures
        {{ decimal_4('hours') }} as entered_hours,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('time_sheets') }}

)

select * from renamed
