-- Quantity, price and cost of an addition as they were: the API only tells those of
-- today. The last day of a month on which it was filed stands for the month.
with filed as (

    select
        *,
        cast({{ dbt.date_trunc('month', 'snapshot_date') }} as date)
            as month_start_date
    from {{ ref('agreement_addition_daily') }}

),

final as (

    select
        addition_id,
        month_start_date,
        quantity,
        quantity - coalesce(included_quantity, 0) as billed_units,
        unit_price_amount,
        unit_cost_amount,
        {{ addition_price('filed') }} as price_amount,
        {{ addition_cost('filed') }} as cost_amount
    from filed
    qualify
        row_number() over (
            partition by addition_id, month_start_date order by snapshot_date desc
        ) = 1

)

select * from final
