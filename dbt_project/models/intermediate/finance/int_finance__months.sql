-- The months of the calendar up to today, and the day on which each is looked at: its
-- last, or today in the current one.
with days as (

    select distinct
        month_start_date,
        cast({{ dbt.last_day('month_start_date', 'month') }} as date) as month_end_date
    from {{ ref('dim_date') }}

),

final as (

    select
        days.month_start_date,
        days.month_end_date,
        case
            when days.month_end_date > clock.as_of_date then clock.as_of_date
            else days.month_end_date
        end as period_end_date,
        days.month_end_date < clock.as_of_date as is_complete_month
    from days
    cross join {{ ref('int_core__as_of') }} as clock
    where days.month_start_date <= clock.as_of_date

)

select * from final
