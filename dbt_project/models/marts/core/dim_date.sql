with clock as (

    select * from {{ ref('int_core__as_of') }}

),

-- Days that facts carry; implausible ones must not stretch the calendar.
mentioned as (

    select min(opened_date) as day
    from {{ ref('int_service__tickets_united') }}
    cross join clock
    where opened_date between clock.earliest_plausible_date and clock.as_of_date
    union all
    select {{ reporting_date('min(coalesce(started_at, entered_at))') }}
    from {{ ref('stg_connectwise__time_entry') }}
    cross join clock
    where
        coalesce(started_at, entered_at)
        between clock.earliest_plausible_date and clock.as_of_at
    union all
    select min(estimated_start_date)
    from {{ ref('stg_connectwise__project') }}
    cross join clock
    where
        estimated_start_date
        between clock.earliest_plausible_date and clock.as_of_date
    union all
    select min(invoice_date)
    from {{ ref('stg_connectwise__invoice') }}
    cross join clock
    where invoice_date between clock.earliest_plausible_date and clock.as_of_date
    union all
    select date_trunc('year', as_of_date) from clock

),

bounds as (

    select
        date_trunc('week', min(mentioned.day)) as first_day,
        any_value(clock.last_plausible_date) as last_day,
        any_value(clock.as_of_date) as as_of_date
    from mentioned
    cross join clock

),

days as (

    select
        cast(
            unnest(generate_series(first_day, last_day, interval 1 day)) as date
        ) as date_day,
        as_of_date
    from bounds

),

final as (

    select
        date_day,
        cast(year(date_day) as integer) as year_number,
        cast(quarter(date_day) as integer) as quarter_number,
        cast(month(date_day) as integer) as month_number,
        cast(dayofmonth(date_day) as integer) as day_of_month,
        cast(isodow(date_day) as integer) as iso_weekday,
        cast(weekofyear(date_day) as integer) as iso_week,
        cast(isoyear(date_day) as integer) as iso_year,
        strftime(date_day, '%A') as weekday_name,
        strftime(date_day, '%B') as month_name,
        cast(date_trunc('week', date_day) as date) as week_start_date,
        cast(date_trunc('month', date_day) as date) as month_start_date,
        cast(date_trunc('quarter', date_day) as date) as quarter_start_date,
        cast(date_trunc('year', date_day) as date) as year_start_date,
        isodow(date_day) <= 5 as is_weekday,
        date_day > as_of_date as is_future,
        cast(date_day - as_of_date as integer) as days_from_as_of
    from days

)

select * from final
