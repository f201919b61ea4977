with source as (

    select * from {{ source('connectwise_raw', 'expense_reports') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as expense_report_id,
        cast(member__id as bigint) as member_id,
        -- names
        {{ clean_text('member__name') }} as member_name,
        {{ clean_text('status') }} as expense_report_status,
        -- days
        {{ recorded_date('date_start') }} as start_date,
        {{ recorded_date('date_end') }} as end_date,
        {{ recorded_date('due_date') }} as due_date,
        -- counts
        cast(year as bigint) as period_year,
        cast(period as bigint) as period_number,
        -- measures
        {{ decimal_4('total') }} as total_amount,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('expense_reports') }}

)

select * from renamed
