with opportunities as (

    select * from {{ ref('stg_connectwise__opportunity') }}

),

orders as (

    select
        opportunity_id,
        sum(subtotal_amount) as ordered_amount
    from {{ ref('stg_connectwise__sales_order') }}
    where opportunity_id is not null
    group by opportunity_id

),

joined as (

    select
        opportunities.*,
        clock.as_of_date,
        coalesce(statuses.is_won, false) as is_won,
        coalesce(statuses.is_lost, false) as is_lost,
        coalesce(
            statuses.is_won or statuses.is_lost or statuses.is_closed_status,
            opportunities.closed_at is not null
        ) as is_closed,
        probabilities.probability_pct,
        coalesce(opportunities.currency_code, home.home_currency_code)
        is not distinct from home.home_currency_code as is_money_population,
        {{ reporting_date('opportunities.entered_at') }} as entered_date,
        -- Recorded as days: they must not move with a zone.
        cast(opportunities.became_lead_at as date) as became_lead_date,
        cast(opportunities.closed_at as date) as recorded_closed_date,
        cast(opportunities.pipeline_changed_at as date) as stage_changed_date
    from opportunities
    cross join {{ ref('int_core__as_of') }} as clock
    cross join {{ ref('int_core__home_currency') }} as home
    left join {{ ref('stg_connectwise__opportunity_status') }} as statuses
        on opportunities.status_id = statuses.opportunity_status_id
    left join {{ ref('stg_connectwise__sales_probability') }} as probabilities
        on opportunities.sales_probability_id = probabilities.sales_probability_id

),

dated as (

    select
        *,
        coalesce(became_lead_date, entered_date) as began_date,
        case
            when is_closed
                then coalesce(
                    recorded_closed_date,
                    {{ reporting_date('updated_at') }}
                )
        end as closed_date
    from joined

),

final as (

    select
        -- keys
        dated.opportunity_id,
        dated.company_id,
        dated.contact_id,
        dated.stage_id,
        dated.status_id,
        dated.sales_rep_member_id,
        -- attributes
        dated.opportunity_name,
        dated.opportunity_type_name,
        dated.source_name,
        dated.currency_code,
        dated.began_date,
        dated.expected_close_date,
        dated.closed_date,
        dated.stage_changed_date,
        -- flags
        not dated.is_closed as is_open,
        dated.is_won,
        dated.is_lost,
        not dated.is_closed
        and coalesce(dated.expected_close_date < dated.as_of_date, false)
            as is_past_due,
        dated.is_money_population,
        -- measures
        dated.probability_pct,
        coalesce(forecasts.forecast_items_count, 0) as forecast_items_count,
        {{ sum_or_zero('forecasts.forecast_amount') }} as forecast_amount,
        {{ sum_or_zero('forecasts.forecast_first_year_amount') }}
            as forecast_first_year_amount,
        {{ sum_or_zero('forecasts.recurring_amount') }} as recurring_amount,
        {{ sum_or_zero('forecasts.forecast_cost_amount') }} as forecast_cost_amount,
        {{ sum_or_zero('forecasts.weighted_amount') }} as weighted_amount,
        {{ sum_or_zero('orders.ordered_amount') }} as ordered_amount,
        case
            when dated.closed_date >= dated.began_date
                then {{ dbt.datediff('dated.began_date', 'dated.closed_date', 'day') }}
        end as cycle_days,
        case
            when not dated.is_closed
                then {{ dbt.datediff(
                    'dated.stage_changed_date', 'dated.as_of_date', 'day'
                ) }}
        end as stage_age_days,
        case
            when not dated.is_closed
                then {{ dbt.datediff(
                    'dated.expected_close_date', 'dated.as_of_date', 'day'
                ) }}
        end as past_due_days,
        -- bookkeeping
        dated.updated_at,
        dated.synced_at
    from dated
    left join {{ ref('int_sales__forecasts') }} as forecasts
        on dated.opportunity_id = forecasts.opportunity_id
    left join orders on dated.opportunity_id = orders.opportunity_id

)

select * from final
