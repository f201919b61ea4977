with source as (

    select * from {{ source('connectwise_raw', 'projects') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as project_id,
        cast(company__id as bigint) as company_id,
        cast(contact__id as bigint) as contact_id,
        cast(board__id as bigint) as board_id,
        cast(status__id as bigint) as status_id,
        cast(type__id as bigint) as project_type_id,
        cast(manager__id as bigint) as manager_member_id,
        cast(agreement__id as bigint) as agreement_id,
        cast(opportunity__id as bigint) as opportunity_id,
        cast(location__id as bigint) as location_id,
        cast(department__id as bigint) as department_id,
        -- names
        {{ clean_text('name') }} as project_name,
        {{ clean_text('description') }} as description,
        {{ clean_text('company__name') }} as company_name,
        {{ clean_text('board__name') }} as board_name,
        {{ clean_text('status__name') }} as status_name,
        {{ clean_text('type__name') }} as project_type_name,
        {{ clean_text('manager__name') }} as manager_name,
        {{ clean_text('billing_method') }} as billing_method,
        {{ clean_text('budget_analysis') }} as budget_analysis,
        {{ clean_text('currency__currency_code') }} as currency_code,
        -- days
        {{ recorded_date('estimated_start') }} as estimated_start_date,
        {{ recorded_date('estimated_end') }} as estimated_end_date,
        {{ recorded_date('actual_start') }} as actual_start_date,
        {{ recorded_date('actual_end') }} as actual_end_date,
        {{ recorded_date('scheduled_start') }} as scheduled_start_date,
        {{ recorded_date('scheduled_end') }} as scheduled_end_date,
        -- timestamps
        {{ utc_timestamp('_info__date_entered') }} as entered_at,
        -- flags
        {{ flag('closed_flag') }} as is_closed,
        {{ flag('budget_flag') }} as is_budgeted_on_project,
        -- measures
        {{ decimal_4('budget_hours') }} as budget_hours,
        {{ decimal_4('estimated_hours') }} as estimated_hours,
        {{ decimal_4('scheduled_hours') }} as scheduled_hours,
        {{ decimal_4('actual_hours') }} as actual_hours,
        {{ decimal_4('percent_complete') }} as reported_percent_complete,
        {{ decimal_4('billing_amount') }} as billing_amount,
        {{ decimal_4('downpayment') }} as downpayment_amount,
        {{ decimal_4('estimated_time_revenue') }} as estimated_time_revenue_amount,
        {{ decimal_4('estimated_time_cost') }} as estimated_time_cost_amount,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('projects') }}

)

select * from renamed
