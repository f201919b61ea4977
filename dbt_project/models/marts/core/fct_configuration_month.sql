-- How many configurations were in use at the end of each month and today. A closed
-- month says what was filed in it. Before history, what is in use today was so since it
-- was installed, and what is not until it last changed.
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

dated as (

    select
        configurations.company_id,
        configurations.configuration_type_id,
        months.month_start_date,
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
        ) as expiring_count
    from configurations
    inner join {{ ref('int_finance__months') }} as months
        on configurations.from_date <= months.period_end_date
        and coalesce(configurations.until_date > months.period_end_date, true)
    where
        configurations.company_id is not null
        and configurations.configuration_type_id is not null
    group by 1, 2, 3

),

filed as (

    select
        filed.company_id,
        filed.configuration_type_id,
        months.month_start_date,
        filed.in_use_count
    from {{ ref('configuration_month') }} as filed
    inner join {{ ref('int_finance__months') }} as months
        on filed.snapshot_date = months.period_end_date
    where months.is_complete_month and filed.in_use_count is not null

),

counted as (

    select
        coalesce(dated.company_id, filed.company_id) as company_id,
        coalesce(dated.configuration_type_id, filed.configuration_type_id)
            as configuration_type_id,
        months.month_start_date,
        months.period_end_date,
        case
            when filed_months.month_start_date is not null then 'as filed'
            when months.is_complete_month then 'dates of the records'
            else 'as recorded'
        end as count_source,
        case
            when filed_months.month_start_date is not null
                then filed.in_use_count
            else dated.configurations_count
        end as configurations_count,
        coalesce(dated.expired_count, 0) as expired_count,
        coalesce(dated.expiring_count, 0) as expiring_count
    from dated
    full outer join filed
        on dated.company_id = filed.company_id
        and dated.configuration_type_id = filed.configuration_type_id
        and dated.month_start_date = filed.month_start_date
    inner join {{ ref('int_finance__months') }} as months
        on coalesce(dated.month_start_date, filed.month_start_date)
        = months.month_start_date
    left join (select distinct month_start_date from filed) as filed_months
        on months.month_start_date = filed_months.month_start_date

),

final as (

    select
        -- keys
        counted.company_id,
        counted.configuration_type_id,
        counted.month_start_date,
        -- attributes
        counted.period_end_date,
        coalesce(types.endpoint_class, 'unmapped') as endpoint_class,
        counted.count_source,
        -- flags
        coalesce(types.is_endpoint, false) as is_endpoint,
        -- measures
        counted.configurations_count,
        counted.expired_count,
        counted.expiring_count,
        cast(
            counted.configurations_count * coalesce(types.seat_weight, 0)
            as decimal(19, 4)
        ) as seats
    from counted
    left join {{ ref('dim_configuration_type') }} as types
        on counted.configuration_type_id = types.configuration_type_id
    -- What names no company or type was filed under 0.
    where
        counted.configurations_count > 0
        and counted.company_id > 0
        and counted.configuration_type_id > 0

)

select * from final
