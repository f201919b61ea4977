with expenses as (

    select * from {{ ref('stg_connectwise__expense_entry') }}

),

final as (

    select
        -- keys
        expenses.expense_entry_id,
        expenses.company_id,
        expenses.member_id,
        expenses.expense_type_id,
        expenses.agreement_id,
        expenses.project_id,
        expenses.phase_id,
        expenses.ticket_id,
        expenses.invoice_id,
        -- attributes
        expenses.expense_date,
        expenses.charge_to_type,
        expenses.billable_option,
        expenses.expense_status,
        {{ approval_state('expenses.expense_status') }} as approval_state,
        expenses.classification_name,
        expenses.payment_method_name,
        expenses.currency_code,
        -- flags
        coalesce(expenses.billable_option = 'Billable', false) as is_billable,
        coalesce(
            expenses.classification_name ilike 'reimburs%'
            or expenses.classification_name ilike 'personal%', false
        ) as is_reimbursed,
        coalesce(expenses.billable_option = 'Billable', false)
        and expenses.invoice_id is null
        and {{ approval_state('expenses.expense_status') }} = 'approved'
            as is_unbilled,
        coalesce(expenses.currency_code, home.home_currency_code)
        is not distinct from home.home_currency_code as is_money_population,
        -- measures
        coalesce(expenses.expense_amount, 0) as expense_amount,
        coalesce(expenses.bill_amount, 0) as billable_value_amount,
        coalesce(expenses.invoiced_amount, 0) as invoiced_amount,
        coalesce(expenses.agreement_amount, 0) as agreement_amount,
        -- bookkeeping
        expenses.updated_at,
        expenses.synced_at
    from expenses
    cross join {{ ref('int_core__home_currency') }} as home

)

select * from final
