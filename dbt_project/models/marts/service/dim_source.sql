with sources as (

    select * from {{ ref('stg_connectwise__source') }}

),

-- Sources that tickets name but the role may not read.
inferred as (

    select
        source_id,
        max(source_name) as source_name
    from {{ ref('int_service__tickets_united') }}
    where source_id is not null
    group by source_id

),

united as (

    select
        *,
        false as is_inferred
    from sources
    union all by name
    select
        inferred.*,
        true as is_inferred
    from inferred
    anti join sources on inferred.source_id = sources.source_id

),

noise as (

    select
        united.source_id,
        min(rules.reason) as noise_reason
    from united
    inner join {{ ref('excluded_source') }} as rules
        on united.source_name ilike rules.name_pattern
    group by united.source_id

),

final as (

    select
        -- keys
        united.source_id,
        -- attributes
        united.source_name,
        noise.noise_reason,
        -- flags
        noise.source_id is not null as is_noise,
        coalesce(united.is_default, false) as is_default,
        united.is_inferred,
        -- bookkeeping
        united.synced_at
    from united
    left join noise on united.source_id = noise.source_id

)

select * from final
