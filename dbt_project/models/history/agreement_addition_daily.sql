with additions as (

    select * from {{ ref('stg_connectwise__agreement_addition') }}

),

final as (

    select
        {{ as_of_date() }} as snapshot_date,
        addition_id,
        agreement_id,
        product_id,
        bill_customer,
        effective_date,
        cancelled_date,
        quantity,
        included_quantity,
        unit_price_amount,
        unit_cost_amount,
        extended_price_amount,
        extended_cost_amount
    from additions
    where
        coalesce(cancelled_date >= {{ as_of_date() }}, true)

)

select * from final
