{{ config(materialized='table') }}

with source as (

    select * from {{ source('meta', 'as_of') }}

),

-- An aggregate, so that there is always exactly one row.
clock as (

    select
        timezone('UTC', max(as_of)) as as_of_at,
        coalesce(max(reporting_time_zone), 'UTC') as reporting_time_zone
    from source

),

final as (

    select
        as_of_at,
        reporting_time_zone,
        cast(
            timezone(reporting_time_zone, timezone('UTC', as_of_at)) as date
        ) as as_of_date,
        cast('{{ var("earliest_plausible_date") }}' as date) as earliest_plausible_date,
        make_date(
            cast(
                year(timezone(reporting_time_zone, timezone('UTC', as_of_at))) + 1
                as integer
            ), 12, 31
        ) as last_plausible_date
    from clock

)

select * from final
