{{ config(
    meta={'dagster': {'ref': {'name': 'fct_time_entry'}}},
) }}

-- Tickets add up their hours on a way of their own; companies must all be known, or a
-- join to them would lose hours.
with entries as (

    select
        sum(case when tickets.ticket_id is not null then entries.actual_hours end)
            as ticket_hours,
        sum(case when entries.company_id is not null then entries.actual_hours end)
            as company_hours
    from {{ ref('fct_time_entry') }} as entries
    left join {{ ref('fct_ticket') }} as tickets
        on entries.ticket_id = tickets.ticket_id

),

by_ticket as (

    select sum(logged_hours) as hours from {{ ref('fct_ticket') }}

),

by_company as (

    select sum(entries.actual_hours) as hours
    from {{ ref('fct_time_entry') }} as entries
    inner join {{ ref('dim_company') }} as companies
        on entries.company_id = companies.company_id

)

select
    entries.*,
    by_ticket.hours as hours_by_ticket,
    by_company.hours as hours_by_company
from entries
cross join by_ticket
cross join by_company
where
    coalesce(entries.ticket_hours, 0) <> coalesce(by_ticket.hours, 0)
    or coalesce(entries.company_hours, 0) <> coalesce(by_company.hours, 0)
