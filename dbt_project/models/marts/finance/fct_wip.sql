-- Work, expenses and products that a client is to pay and no invoice has, as of the end
-- of each month and today. What is billed by now was unbilled until its invoice's day.
-- How far approval had come on an earlier day is not recorded: what is billed by now
-- counts as approved then, the rest as it stands today.
with clock as (

    select * from {{ ref('int_core__as_of') }}

),

days as (

    select
        month_end_date as as_of_date,
        false as is_today
    from {{ ref('int_finance__months') }}
    where is_complete_month
    union all
    select as_of_date, true from clock

),

records as (

    select
        'time' as record_type,
        time_entry_id as record_id,
        company_id,
        agreement_id,
        project_id,
        ticket_id,
        member_id,
        invoice_id,
        work_date,
        time_status as record_status,
        billed_hours,
        billable_value_amount as value_amount
    from {{ ref('fct_time_entry') }}
    -- Time that an agreement covers brings nothing further.
    where is_billable and agreement_id is null
    union all
    select
        'expense',
        expense_entry_id,
        company_id,
        agreement_id,
        project_id,
        ticket_id,
        member_id,
        invoice_id,
        expense_date,
        expense_status,
        0,
        billable_value_amount
    from {{ ref('fct_expense') }}
    where is_billable and agreement_amount = 0
    union all
    select
        'product',
        product_id,
        company_id,
        agreement_id,
        project_id,
        ticket_id,
        null,
        invoice_id,
        sold_date,
        'ReadyToBill',
        0,
        extended_price_amount
    from {{ ref('fct_product_line') }}
    where is_billable and not is_cancelled and agreement_amount = 0

),

dated as (

    select
        records.*,
        invoices.invoice_date,
        case
            when records.invoice_id is not null then 'approved'
            else {{ approval_state('records.record_status') }}
        end as approval_state,
        coalesce(projects.billing_method = 'FixedFee', false) as is_fixed_fee,
        companies.currency_code,
        coalesce(companies.is_internal, false) as is_internal_company,
        coalesce(companies.currency_code, home.home_currency_code)
        is not distinct from home.home_currency_code as is_money_population
    from records
    left join {{ ref('stg_connectwise__invoice') }} as invoices
        on records.invoice_id = invoices.invoice_id
    left join {{ ref('stg_connectwise__project') }} as projects
        on records.project_id = projects.project_id
    left join {{ ref('int_core__companies') }} as companies
        on records.company_id = companies.company_id
    cross join {{ ref('int_core__home_currency') }} as home

),

final as (

    select
        -- keys
        dated.record_type,
        dated.record_id,
        days.as_of_date,
        dated.company_id,
        dated.project_id,
        dated.ticket_id,
        dated.member_id,
        -- attributes
        dated.work_date,
        dated.approval_state,
        case
            when dated.is_fixed_fee and dated.record_type = 'time' then 'fixed fee'
            when dated.approval_state = 'approved' then 'wip'
            else 'unapproved'
        end as wip_class,
        case
            when days.is_today then 'as recorded'
            when dated.invoice_id is not null then 'billed since'
            else 'as of today'
        end as approval_source,
        dated.currency_code,
        {{ ageing_bucket(dbt.datediff('dated.work_date', 'days.as_of_date', 'day')) }}
            as age_bucket,
        -- flags
        days.is_today,
        dated.is_money_population,
        -- measures
        cast({{ dbt.datediff('dated.work_date', 'days.as_of_date', 'day') }} as integer)
            as age_days,
        cast(dated.billed_hours as decimal(19, 4)) as billed_hours,
        cast(coalesce(dated.value_amount, 0) as decimal(19, 4)) as value_amount
    from dated
    inner join days
        on dated.work_date <= days.as_of_date
        and coalesce(dated.invoice_date > days.as_of_date, dated.invoice_id is null)
    where
        dated.approval_state in ('approved', 'unapproved')
        and not dated.is_internal_company
        -- Time of fixed fees is never billed as such: only what stands today is of use.
        and (days.is_today or not dated.is_fixed_fee or dated.record_type <> 'time')

)

select * from final
