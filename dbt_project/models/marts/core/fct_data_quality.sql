with results as (

    select * from {{ ref('data_quality_daily') }}

),

rules as (

    select * from {{ ref('readiness_rule') }}

),

home as (

    select home_currency_code from {{ ref('int_core__home_currency') }}

),

final as (

    select
        -- keys
        results.snapshot_date,
        results.rule_name,
        -- attributes
        rules.area as area_name,
        rules.entity as entity_name,
        rules.statement,
        rules.remedy,
        home.home_currency_code,
        -- flags
        results.failed_count = 0 as is_passed,
        -- measures
        results.checked_count,
        results.failed_count,
        {{ pct('results.failed_count', 'results.checked_count') }} as failed_pct,
        results.money_at_stake_amount
    from results
    inner join rules on results.rule_name = rules.rule_name
    cross join home

)

select * from final
