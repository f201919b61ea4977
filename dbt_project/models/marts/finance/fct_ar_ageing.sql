-- What was open at the end of each month, and today. Today's balance is ConnectWise's
-- own; an earlier one is the total less what had been settled by then.
with clock as (

    select * from {{ ref('int_core__as_of') }}

),

invoices as (

    select * from {{ ref('fct_invoice') }}
    where is_issued and invoice_date is not null

),

days as (

    select
        month_end_date as as_of_date,
        false as is_today
    from {{ ref('int_finance__months') }}
    where is_complete_month
    union all
    select
        as_of_date,
        true
    from clock

),

known as (

    select * from {{ ref('int_finance__settlements') }}

),

lasts as (

    select
        invoice_id,
        max(settled_date) as last_settled_date
    from known
    group by invoice_id

),

balances as (

    select
        invoices.invoice_id,
        days.as_of_date,
        days.is_today,
        case
            when days.is_today then any_value(invoices.balance_amount)
            else any_value(invoices.total_amount)
                - {{ sum_where(
                    'known.amount', 'known.settled_date <= days.as_of_date'
                ) }}
        end as balance_amount,
        coalesce(max(
            case when not known.is_dated then 1 else 0 end
        ), 0) = 1 as has_undated_settlement
    from invoices
    left join lasts on invoices.invoice_id = lasts.invoice_id
    -- Once all is settled there is nothing to age.
    inner join days
        on invoices.invoice_date <= days.as_of_date
        and (
            invoices.balance_amount <> 0
            or days.as_of_date < lasts.last_settled_date
        )
    left join known on invoices.invoice_id = known.invoice_id
    group by invoices.invoice_id, days.as_of_date, days.is_today

),

aged as (

    select
        balances.*,
        invoices.* exclude (invoice_id, balance_amount, ageing_bucket, past_due_days),
        cast({{ dbt.datediff(
            'invoices.due_date', 'balances.as_of_date', 'day'
        ) }} as integer) as past_due_days,
        cast({{ dbt.datediff(
            'invoices.invoice_date', 'balances.as_of_date', 'day'
        ) }} as integer) as invoice_age_days
    from balances
    inner join invoices on balances.invoice_id = invoices.invoice_id
    where balances.balance_amount <> 0

),

final as (

    select
        -- keys
        invoice_id,
        as_of_date,
        company_id,
        agreement_id,
        project_id,
        -- attributes
        invoice_date,
        due_date,
        currency_code,
        {{ ageing_bucket('past_due_days') }} as due_date_bucket,
        {{ ageing_bucket('invoice_age_days') }} as invoice_date_bucket,
        case
            when is_today then 'as recorded'
            when has_undated_settlement then 'last change'
            else 'payments by date'
        end as balance_source,
        -- flags
        is_today,
        is_credit_memo,
        is_money_population,
        coalesce(past_due_days > 0, false) as is_overdue,
        -- measures
        past_due_days,
        invoice_age_days,
        cast(balance_amount as decimal(19, 4)) as balance_amount
    from aged

)

select * from final
