with clock as (

    select
        {{ first_closed_month() }} as first_month,
        cast({{ dbt.date_trunc('month', as_of_date()) }} as date) as open_month

),

tickets as not materialized (

    select * from {{ ref('fct_ticket') }} where is_service_population

),

entries as not materialized (

    select * from {{ ref('fct_time_entry') }}

),

invoices as (

    select * from {{ ref('fct_invoice') }}

),

figures as (

    select
        'tickets_opened_count' as figure_name,
        opened_date as record_date,
        ticket_id as record_id,
        1 as amount
    from tickets
    union all
    select
        'tickets_closed_count',
        closed_date,
        ticket_id,
        1
    from tickets
    where is_closed
    union all
    select
        'worked_hours',
        work_date,
        time_entry_id,
        actual_hours
    from entries
    union all
    select
        'billed_hours',
        work_date,
        time_entry_id,
        billed_hours
    from entries
    union all
    select
        'labour_cost_amount',
        work_date,
        time_entry_id,
        labour_cost_amount
    from entries
    union all
    select
        'invoiced_amount',
        invoice_date,
        invoice_id,
        subtotal_amount
    from invoices

),

final as (

    select
        figures.figure_name,
        cast({{ dbt.date_trunc('month', 'figures.record_date') }} as date)
            as period_month,
        figures.record_id,
        cast(figures.amount as decimal(19, 4)) as amount
    from figures
    inner join clock
        on
            figures.record_date >= clock.first_month
            and figures.record_date < clock.open_month
    where figures.amount <> 0

)

select * from final
