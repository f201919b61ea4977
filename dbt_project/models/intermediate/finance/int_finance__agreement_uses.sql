{{ config(materialized='table') }}

-- What was used of each agreement on each day, in its own units: hours that it covered,
-- money that it covered, or incidents opened under it.
with uses as (

    select
        agreement_id,
        work_date as used_date,
        agreement_hours as hours,
        agreement_amount as amount,
        0 as incidents
    from {{ ref('fct_time_entry') }}
    where agreement_id is not null
    union all
    select agreement_id, expense_date, 0, agreement_amount, 0
    from {{ ref('fct_expense') }}
    where agreement_id is not null
    union all
    select agreement_id, sold_date, 0, agreement_amount, 0
    from {{ ref('fct_product_line') }}
    where agreement_id is not null and not is_cancelled
    union all
    select agreement_id, opened_date, 0, 0, 1
    from {{ ref('int_service__tickets_united') }}
    where agreement_id is not null and merged_parent_ticket_id is null

),

final as (

    select
        uses.agreement_id,
        uses.used_date,
        cast(sum(
            case agreements.application_units
                when 'Hours' then uses.hours
                when 'Amount' then uses.amount
                when 'Incidents' then uses.incidents
            end
        ) as decimal(19, 4)) as used_units
    from uses
    inner join {{ ref('int_finance__agreements') }} as agreements
        on uses.agreement_id = agreements.agreement_id
    where uses.used_date is not null
    group by uses.agreement_id, uses.used_date

)

select * from final
