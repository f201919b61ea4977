with results as (

    select * from {{ ref('int_core__readiness') }}

),

final as (

    select
        {{ as_of_date() }} as snapshot_date,
        rule_name,
        checked_count,
        failed_count,
        money_at_stake_amount
    from results

)

select * from final
