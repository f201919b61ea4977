-- The lines of invoices by the month that they are for. The fee of an agreement that is
-- billed for longer than a month is spread evenly over the months of its cycle, from
-- the invoice's month on, or from the next if it bills the future; all else belongs to
-- the month of its invoice.
with lines as (

    select
        lines.*,
        case
            when lines.line_type = 'agreement' and agreements.cycle_months > 1
                then cast(agreements.cycle_months as integer)
            else 1
        end as months_count,
        case
            when lines.line_type = 'agreement' and agreements.period_type = 'Future'
                then 1
            else 0
        end as first_month_index
    from {{ ref('fct_invoice_line') }} as lines
    left join {{ ref('int_finance__agreements') }} as agreements
        on lines.agreement_id = agreements.agreement_id
    where lines.invoice_date is not null

),

final as (

    select
        lines.invoice_line_key,
        lines.invoice_id,
        lines.company_id,
        lines.agreement_id,
        lines.line_type,
        lines.currency_code,
        cast({{ dbt.dateadd(
            'month',
            'cast(lines.first_month_index + parts.month_index as integer)',
            dbt.date_trunc('month', 'lines.invoice_date')
        ) }} as date) as month_start_date,
        {{ spread_part('lines.amount', 'parts.month_index', 'lines.months_count') }}
            as revenue_amount,
        case
            when lines.line_type in ('product', 'expense')
                then cast(coalesce(lines.cost_amount, 0) as decimal(19, 4))
        end as cost_amount
    from lines
    inner join (
        values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9), (10), (11)
    ) as parts (month_index)
        on parts.month_index < lines.months_count

)

select * from final
