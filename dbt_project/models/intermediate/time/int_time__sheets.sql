-- Time sheets, and those that are missing: someone who must keep sheets was employed
-- for the whole of a period that others have sheets for, and has none in it.
with sheets as (

    select * from {{ ref('stg_connectwise__time_sheet') }}

),

periods as (

    select distinct
        period_year,
        period_number,
        start_date,
        end_date,
        deadline_date
    from sheets
    where start_date is not null and end_date >= start_date

),

missing as (

    select
        members.member_id,
        periods.*
    from {{ ref('int_core__members') }} as members
    inner join {{ ref('int_time__employments') }} as employments
        on members.member_id = employments.member_id
    inner join periods
        on employments.first_date <= periods.start_date
        and employments.last_date >= periods.end_date
    anti join sheets
        on members.member_id = sheets.member_id
        and periods.start_date = sheets.start_date
    where members.is_time_sheet_required

),

final as (

    select
        time_sheet_id,
        member_id,
        time_sheet_status,
        period_year,
        period_number,
        start_date,
        end_date,
        deadline_date,
        updated_at,
        synced_at
    from sheets
    union all by name
    select * from missing

)

select * from final
