-- ConnectWise has no lines of its own: they are the records that name the invoice, its
-- agreement fee, and what its totals hold beyond both. So they tie to the subtotal.
with invoices as (

    select * from {{ ref('fct_invoice') }}

),

records as (

    select
        invoice_id,
        'time' as line_type,
        time_entry_id as record_id,
        agreement_id,
        project_id,
        ticket_id,
        work_date as record_date,
        actual_hours,
        invoiced_amount as amount,
        labour_cost_amount as cost_amount
    from {{ ref('fct_time_entry') }}
    where invoice_id is not null
    union all
    select
        invoice_id,
        'expense',
        expense_entry_id,
        agreement_id,
        project_id,
        ticket_id,
        expense_date,
        null,
        invoiced_amount,
        expense_amount
    from {{ ref('fct_expense') }}
    where invoice_id is not null
    union all
    select
        invoice_id,
        'product',
        product_id,
        agreement_id,
        project_id,
        ticket_id,
        sold_date,
        null,
        extended_price_amount,
        extended_cost_amount
    from {{ ref('fct_product_line') }}
    where invoice_id is not null and not is_cancelled

),

itemised as (

    select
        invoice_id,
        {{ sum_where('amount', "line_type = 'time'") }} as time_amount,
        {{ sum_where('amount', "line_type = 'expense'") }} as expense_amount,
        {{ sum_where('amount', "line_type = 'product'") }} as product_amount
    from records
    group by invoice_id

),

-- Per kind, what the invoice says beyond its records: fixed fees, progress billing,
-- and records that were edited after they had been invoiced.
rests as (

    select
        invoices.invoice_id,
        kinds.line_type,
        case kinds.line_type
            when 'agreement' then invoices.agreement_amount
            when 'service not itemised'
                then invoices.service_amount - coalesce(itemised.time_amount, 0)
            when 'expense not itemised'
                then invoices.expense_amount - coalesce(itemised.expense_amount, 0)
            when 'product not itemised'
                then invoices.product_amount - coalesce(itemised.product_amount, 0)
            else
                invoices.subtotal_amount - invoices.agreement_amount
                - invoices.service_amount - invoices.expense_amount
                - invoices.product_amount
        end as amount
    from invoices
    left join itemised on invoices.invoice_id = itemised.invoice_id
    cross join (
        values ('agreement'), ('service not itemised'), ('expense not itemised'),
            ('product not itemised'), ('other')
    ) as kinds (line_type)

),

lines as (

    select * from records
    union all by name
    select * from rests
    where amount <> 0

),

final as (

    select
        -- keys
        cast(lines.invoice_id as varchar)
        || '/' || lines.line_type
        || '/' || coalesce(cast(lines.record_id as varchar), '') as invoice_line_key,
        lines.invoice_id,
        lines.record_id,
        invoices.company_id,
        coalesce(lines.agreement_id, invoices.agreement_id) as agreement_id,
        coalesce(lines.project_id, invoices.project_id) as project_id,
        coalesce(lines.ticket_id, invoices.ticket_id) as ticket_id,
        -- attributes
        lines.line_type,
        lines.record_id is not null as is_itemised,
        invoices.invoice_date,
        lines.record_date,
        invoices.currency_code,
        invoices.is_money_population,
        -- measures
        cast({{ dbt.datediff('lines.record_date', 'invoices.invoice_date', 'day') }}
        as integer) as lag_days,
        cast(coalesce(lines.actual_hours, 0) as decimal(19, 4)) as actual_hours,
        cast(coalesce(lines.amount, 0) as decimal(19, 4)) as amount,
        lines.cost_amount
    from lines
    inner join invoices on lines.invoice_id = invoices.invoice_id

)

select * from final
