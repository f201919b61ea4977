{{ config(
    meta={'dagster': {'ref': {'name': 'dim_date'}}},
) }}

select
    count(*) as days,
    max(date_day) - min(date_day) + 1 as expected_days
from {{ ref('dim_date') }}
having count(*) <> max(date_day) - min(date_day) + 1
