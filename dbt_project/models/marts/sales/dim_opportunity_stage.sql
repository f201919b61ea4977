with stages as (

    select * from {{ ref('stg_connectwise__opportunity_stage') }}

),

final as (

    select
        stages.opportunity_stage_id,
        stages.opportunity_stage_name,
        stages.sequence_number,
        probabilities.probability_pct
    from stages
    left join {{ ref('stg_connectwise__sales_probability') }} as probabilities
        on stages.sales_probability_id = probabilities.sales_probability_id

)

select * from final
