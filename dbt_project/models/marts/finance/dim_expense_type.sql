with types as (

    select * from {{ ref('stg_connectwise__expense_type') }}

),

final as (

    select
        types.expense_type_id,
        types.expense_type_name,
        types.bill_expenses,
        types.reimbursement_rate_amount,
        home.home_currency_code,
        types.is_mileage,
        types.is_inactive
    from types
    cross join {{ ref('int_core__home_currency') }} as home

)

select * from final
