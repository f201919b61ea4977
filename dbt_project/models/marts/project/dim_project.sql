with projects as (

    select * from {{ ref('int_project__projects') }}

),

final as (

    select
        -- keys
        project_id,
        company_id,
        board_id,
        manager_member_id,
        agreement_id,
        opportunity_id,
        -- attributes
        project_name,
        status_name,
        project_type_name,
        manager_name,
        billing_method,
        budget_source,
        currency_code,
        planned_start_date,
        planned_end_date,
        actual_start_date,
        actual_end_date,
        entered_at,
        -- flags
        is_closed,
        coalesce(planned_end_date < planned_start_date, false) as has_doubtful_dates,
        is_inferred,
        -- measures
        cast(budget_hours as decimal(19, 4)) as budget_hours,
        estimated_hours,
        actual_hours as recorded_actual_hours,
        {{ complete_pct('reported_percent_complete') }} as complete_reported_pct,
        billing_amount,
        tickets_count,
        budgeted_tickets_count,
        -- bookkeeping
        updated_at,
        synced_at
    from projects

)

select * from final
