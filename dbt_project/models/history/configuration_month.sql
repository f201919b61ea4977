{{ config(meta={'period': 'month'}) }}

with configurations as (

    select * from {{ ref('stg_connectwise__configuration') }}

),

statuses as (

    select * from {{ ref('stg_connectwise__configuration_status') }}

),

final as (

    select
        {{ snapshot_date('month') }} as snapshot_date,
        coalesce(configurations.company_id, 0) as company_id,
        coalesce(configurations.configuration_type_id, 0) as configuration_type_id,
        count(*) filter (where configurations.is_active) as active_configurations_count,
        count(*) as configurations_count,
        count(*) filter (
            where
                configurations.is_active
                and not coalesce(statuses.is_closed_status, false)
                and coalesce(
                    configurations.installed_date,
                    configurations.purchase_date,
                    {{ reporting_date('configurations.updated_at') }}
                ) <= {{ as_of_date() }}
        ) as in_use_count
    from configurations
    left join statuses
        on configurations.configuration_status_id = statuses.configuration_status_id
    group by all

)

select * from final
