{{ config(meta={'period': 'month'}) }}

with configurations as (

    select * from {{ ref('stg_connectwise__configuration') }}

),

final as (

    select
        {{ snapshot_date('month') }} as snapshot_date,
        coalesce(company_id, 0) as company_id,
        coalesce(configuration_type_id, 0) as configuration_type_id,
        count(*) filter (where is_active) as active_configurations_count,
        count(*) as configurations_count
    from configurations
    group by all

)

select * from final
