{{ config(
    meta={'dagster': {'ref': {'name': 'open_ticket_daily'}}},
) }}

-- What was filed under today is what the records of today say, kind by kind.
with filed as (

    select
        'open tickets' as kind,
        count(*) as filed_count
    from {{ ref('open_ticket_daily') }}
    where snapshot_date = {{ as_of_date() }}
    union all
    select
        'configurations',
        coalesce(sum(configurations_count), 0)
    from {{ ref('configuration_month') }}
    where snapshot_date = {{ snapshot_date('month') }}
    union all
    select
        'opportunities',
        count(*)
    from {{ ref('opportunity_daily') }}
    where snapshot_date = {{ as_of_date() }}

),

recorded as (

    select
        'open tickets' as kind,
        count(*) as recorded_count
    from {{ ref('fct_ticket') }}
    where not is_closed
    union all
    select
        'configurations',
        count(*)
    from {{ ref('stg_connectwise__configuration') }}
    union all
    select
        'opportunities',
        count(*)
    from {{ ref('stg_connectwise__opportunity') }} as opportunities
    left join {{ ref('stg_connectwise__opportunity_status') }} as statuses
        on opportunities.status_id = statuses.opportunity_status_id
    where
        opportunities.closed_at is null
        and coalesce(statuses.is_closed_status, false) = false

)

select *
from filed
full outer join recorded using (kind)
where filed_count is distinct from recorded_count
