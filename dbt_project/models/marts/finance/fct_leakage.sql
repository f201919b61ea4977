-- Work for clients that pay by the hour and are not asked to pay for it. Whether a
-- client does is judged by day: none of its agreements that cover time was running.
with entries as (

    select * from {{ ref('fct_time_entry') }}
    where
        is_client_work
        and agreement_id is null
        and project_id is null
        and actual_hours > 0
        and (not is_billable or coalesce(hourly_rate_amount, 0) = 0)

),

covered as (

    select distinct entries.time_entry_id
    from entries
    inner join {{ ref('int_finance__agreements') }} as agreements
        on entries.company_id = agreements.company_id
        and agreements.covers_time
        and entries.work_date >= agreements.first_date
        and coalesce(entries.work_date <= agreements.last_date, true)

),

final as (

    select
        -- keys
        entries.time_entry_id,
        entries.company_id,
        entries.member_id,
        entries.ticket_id,
        -- attributes
        entries.work_date,
        case
            when entries.is_billable then 'no rate'
            when entries.billable_option = 'NoCharge' then 'no charge'
            else 'do not bill'
        end as leak,
        entries.work_type_name,
        entries.currency_code,
        -- flags
        coalesce(entries.currency_code, entries.home_currency_code)
        is not distinct from entries.home_currency_code as is_money_population,
        -- measures
        entries.actual_hours,
        cast(
            entries.actual_hours * rates.standard_rate_amount as decimal(19, 4)
        ) as value_amount
    from entries
    anti join covered on entries.time_entry_id = covered.time_entry_id
    left join {{ ref('int_finance__standard_rates') }} as rates
        on entries.time_entry_id = rates.time_entry_id

)

select * from final
