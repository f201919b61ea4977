with opportunities as (

    select * from {{ ref('stg_connectwise__opportunity') }}

),

statuses as (

    select * from {{ ref('stg_connectwise__opportunity_status') }}

),

-- One forecast per opportunity; should there be more, the newest counts.
forecasts as (

    select *
    from {{ ref('stg_connectwise__opportunity_forecast') }}
    qualify
        row_number() over (partition by opportunity_id order by forecast_id desc) = 1

),

final as (

    select
        {{ as_of_date() }} as snapshot_date,
        opportunities.opportunity_id,
        opportunities.company_id,
        opportunities.sales_rep_member_id,
        opportunities.stage_id,
        opportunities.status_id,
        -- Recorded as a day: it must not move with a zone.
        cast(opportunities.pipeline_changed_at as date) as stage_changed_date,
        opportunities.currency_code,
        opportunities.expected_close_date,
        opportunities.probability_name,
        forecasts.forecast_revenue_amount,
        forecasts.forecast_cost_amount,
        forecasts.included_revenue_amount,
        forecasts.product_revenue_amount,
        forecasts.service_revenue_amount,
        forecasts.agreement_revenue_amount,
        forecasts.recurring_amount,
        forecasts.expected_probability_pct
    from opportunities
    left join statuses on opportunities.status_id = statuses.opportunity_status_id
    left join forecasts on opportunities.opportunity_id = forecasts.opportunity_id
    where
        opportunities.closed_at is null
        and not coalesce(statuses.is_closed_status, false)

)

select * from final
