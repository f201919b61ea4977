-- How many configurations were in use at the end of each month and today. What is in
-- use today was so since it was installed; what is not, until it last changed.
with configurations as (

    select
        configurations.*,
        coalesce(statuses.is_closed_status, false) as is_closed_status,
        coalesce(
            configurations.installed_date,
            configurations.purchase_date,
            {{ reporting_date('configurations.updated_at') }}
        ) as from_date,
        case
            when
                not configurations.is_active
                or coalesce(statuses.is_closed_status, false)
                then coalesce(
                    {{ reporting_date('configurations.updated_at') }},
                    clock.as_of_date
                )
        end as until_date
    from {{ ref('stg_connectwise__configuration') }} as configurations
    cross join {{ ref('int_core__as_of') }} as clock
    left join {{ ref('dim_configuration_status') }} as statuses
        on configurations.configuration_status_id = statuses.configuration_status_id

),

final as (

    select
        -- keys
        configurations.company_id,
        configurations.configuration_type_id,
        months.month_start_date,
        -- attributes
        months.period_end_date,
        coalesce(types.endpoint_class, 'unmapped') as endpoint_class,
        case
            when months.is_complete_month then 'dates of the records'
            else 'as recorded'
        end as count_source,
        -- flags
        coalesce(types.is_endpoint, false) as is_endpoint,
        -- measures
        count(*) as configurations_count,
        count(
            case
                when configurations.warranty_expiration_date < months.period_end_date
                    then 1
            end
        ) as expired_count,
        count(
            case
                when
                    configurations.warranty_expiration_date >= months.period_end_date
                    and configurations.warranty_expiration_date <= {{ dbt.dateadd(
                        'day', var('expiring_within_days'), 'months.period_end_date'
                    ) }}
                    then 1
            end
        ) as expiring_count,
        cast(count(*) * coalesce(any_value(types.seat_weight), 0) as decimal(19, 4))
            as seats
    from configurations
    inner join {{ ref('int_finance__months') }} as months
        on configurations.from_date <= months.period_end_date
        and coalesce(configurations.until_date > months.period_end_date, true)
    left join {{ ref('dim_configuration_type') }} as types
        on configurations.configuration_type_id = types.configuration_type_id
    where
        configurations.company_id is not null
        and configurations.configuration_type_id is not null
    group by 1, 2, 3, 4, 5, 6, 7

)

select * from final
