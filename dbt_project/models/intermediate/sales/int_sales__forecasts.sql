-- What an opportunity is forecast to bring: its included forecast items. A recurring
-- item counts one billing cycle, as ConnectWise's own totals do; what it brings within
-- a year stands beside it.
with items as (

    select
        forecasts.opportunity_id,
        items.* exclude (opportunity_id)
    from {{ ref('stg_connectwise__opportunity_forecast__item') }} as items
    inner join {{ ref('stg_connectwise__opportunity_forecast') }} as forecasts
        on items.forecast_id = forecasts.forecast_id
    where items.is_included

),

final as (

    select
        items.opportunity_id,
        count(*) as forecast_items_count,
        cast(sum(items.revenue_amount) as decimal(19, 4)) as forecast_amount,
        cast(sum(
            case
                when items.is_recurring
                    then items.revenue_amount * case
                        when items.cycles_count < 12 then items.cycles_count else 12
                    end
                else items.revenue_amount
            end
        ) as decimal(19, 4)) as forecast_first_year_amount,
        cast(sum(case when items.is_recurring then items.revenue_amount else 0 end)
        as decimal(19, 4)) as recurring_amount,
        cast(sum(items.cost_amount) as decimal(19, 4)) as forecast_cost_amount,
        -- An item's own probability comes before its opportunity's.
        cast(sum(
            items.revenue_amount
            * coalesce(items.probability_pct, probabilities.probability_pct, 0) / 100
        ) as decimal(19, 4)) as weighted_amount
    from items
    left join {{ ref('stg_connectwise__opportunity') }} as opportunities
        on items.opportunity_id = opportunities.opportunity_id
    left join {{ ref('stg_connectwise__sales_probability') }} as probabilities
        on opportunities.sales_probability_id = probabilities.sales_probability_id
    group by items.opportunity_id

)

select * from final
