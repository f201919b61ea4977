with clock as (

    select
        as_of_at,
        as_of_date
    from {{ ref('int_core__as_of') }}

),

runs as (

    select * from {{ source('meta', 'runs') }}

),

-- The last run that had it to read, whatever came of it.
latest as (

    select *
    from runs
    where status <> 'skipped'
    qualify row_number() over (partition by entity order by recorded_at desc) = 1

),

reads as (

    select
        entity,
        max(recorded_at) filter (where status = 'read') as last_read_at,
        max(recorded_at) filter (
            where status = 'read' and rows_new + rows_changed > 0
        ) as last_changed_at
    from runs
    group by entity

),

counted as (

    select *
    from {{ ref('entity_count_month') }}
    qualify
        row_number() over (partition by entity_name order by snapshot_date desc) = 1

),

quarantined as (

    select
        entity,
        count(*) as quarantined_count
    from {{ source('meta', 'quarantine') }}
    group by entity

),

open_histories as (

    select * from {{ source('meta', 'history') }}

),

final as (

    select
        -- key
        reads.entity as entity_name,
        -- attributes
        clock.as_of_date,
        latest.note as last_note,
        timezone('UTC', reads.last_read_at) as last_read_at,
        timezone('UTC', reads.last_changed_at) as last_changed_at,
        timezone('UTC', open_histories.read_since) as history_read_since_at,
        -- flags
        coalesce(latest.status <> 'not granted', true) as is_granted,
        open_histories.entity is not null as is_history_open,
        coalesce(counted.api_count <> counted.warehouse_count, false) as is_incomplete,
        -- measures
        {{ dbt.datediff(
            "timezone('UTC', reads.last_read_at)", 'clock.as_of_at', 'minute'
        ) }} as freshness_minutes,
        counted.api_count,
        counted.warehouse_count,
        coalesce(quarantined.quarantined_count, 0) as quarantined_count
    from reads
    cross join clock
    left join latest on reads.entity = latest.entity
    left join counted on reads.entity = counted.entity_name
    left join quarantined on reads.entity = quarantined.entity
    left join open_histories on reads.entity = open_histories.entity

)

select * from final
