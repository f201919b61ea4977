{{ config(
    severity='error',
    meta={'dagster': {'ref': {'name': 'fct_ticket'}}},
) }}

-- Service and project tickets united; one that stands in both lists counts once.
with staged as (

    select ticket_id from {{ ref('stg_connectwise__service_ticket') }}
    union
    select ticket_id from {{ ref('stg_connectwise__project_ticket') }}

),

counted as (

    select
        (select count(*) from staged) as staged_rows,
        (select count(*) from {{ ref('fct_ticket') }}) as mart_rows

)

select *
from counted
where staged_rows <> mart_rows
