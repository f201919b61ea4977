{{ config(meta={'period': 'month'}) }}

with counts as (

    select * from {{ source('meta', 'counts') }}

),

-- The last count of an entity in the month of the clock.
final as (

    select
        {{ snapshot_date('month') }} as snapshot_date,
        entity as entity_name,
        timezone('UTC', recorded_at) as counted_at,
        api_count,
        raw_rows as warehouse_count
    from counts
    where
        {{ dbt.date_trunc('month', reporting_date("timezone('UTC', recorded_at)")) }}
        = {{ dbt.date_trunc('month', as_of_date()) }}
    qualify row_number() over (partition by entity order by recorded_at desc) = 1

)

select * from final
