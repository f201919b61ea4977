with counts as (

    select * from {{ ref('entity_count_month') }}

),

entities as (

    select * from {{ ref('dim_entity') }}

),

invoices as (

    select * from {{ ref('int_finance__reconciled_invoices') }}

),

hours as (

    select * from {{ ref('int_time__reconciled_hours') }}

),

rows_by_entity as (

    select
        'rows' as subject,
        counts.entity_name as thing,
        cast(null as bigint) as company_id,
        cast(null as bigint) as member_id,
        cast(null as bigint) as invoice_id,
        counts.entity_name,
        cast({{ dbt.date_trunc('month', 'counts.snapshot_date') }} as date)
            as period_month,
        counts.warehouse_count as ours,
        counts.api_count as theirs,
        cast(null as varchar) as currency_code,
        1 as compared_count,
        case
            when counts.warehouse_count = counts.api_count then 'none'
            when entities.quarantined_count >= counts.api_count - counts.warehouse_count
                and counts.warehouse_count < counts.api_count then 'quarantined'
            when counts.warehouse_count > counts.api_count
                then 'deleted in ConnectWise, not swept yet'
            else 'came while it was read, or late'
        end as cause
    from counts
    left join entities on counts.entity_name = entities.entity_name

),

invoice_totals as (

    select
        'invoice total' as subject,
        cast(invoice_id as varchar) as thing,
        company_id,
        cast(null as bigint) as member_id,
        invoice_id,
        'invoices' as entity_name,
        cast({{ dbt.date_trunc('month', 'invoice_date') }} as date) as period_month,
        records_amount as ours,
        recorded_amount as theirs,
        currency_code,
        1 as compared_count,
        cause
    from invoices

),

time_hours as (

    select
        'time hours' as subject,
        coalesce(cast(member_id as varchar), '-') as thing,
        cast(null as bigint) as company_id,
        member_id,
        cast(null as bigint) as invoice_id,
        'time_entries' as entity_name,
        period_month,
        our_hours as ours,
        logged_hours as theirs,
        cast(null as varchar) as currency_code,
        compared_count,
        cause
    from hours

),

backlog_days as (

    select
        'backlog' as subject,
        cast(snapshot_date as varchar) as thing,
        cast(null as bigint) as company_id,
        cast(null as bigint) as member_id,
        cast(null as bigint) as invoice_id,
        'service_tickets' as entity_name,
        cast({{ dbt.date_trunc('month', 'snapshot_date') }} as date) as period_month,
        made_count as ours,
        seen_count as theirs,
        cast(null as varchar) as currency_code,
        compared_count,
        cause
    from {{ ref('int_service__reconciled_backlog') }}

),

united as (

    select * from rows_by_entity
    union all
    select * from invoice_totals
    union all
    select * from time_hours
    union all
    select * from backlog_days

),

final as (

    select
        -- keys
        subject || '/' || thing || '/' || coalesce(cast(period_month as varchar), '-')
            as reconciliation_key,
        entity_name,
        company_id,
        member_id,
        invoice_id,
        -- attributes
        subject,
        period_month,
        currency_code,
        cause,
        -- flags
        cause in (
            'none', 'down payment', 'fixed fee', 'after the last sync of the day'
        ) as is_reconciled,
        -- measures
        compared_count,
        cast(ours as decimal(19, 4)) as ours,
        cast(theirs as decimal(19, 4)) as theirs,
        cast(ours - theirs as decimal(19, 4)) as difference
    from united

)

select * from final
