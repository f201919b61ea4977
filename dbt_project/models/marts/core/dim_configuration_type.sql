with types as (

    select * from {{ ref('stg_connectwise__configuration_type') }}

),

-- The first rule, in the seed's order, whose pattern the name matches.
classes as (

    select
        types.configuration_type_id,
        arg_min(rules.endpoint_class, rules.rule_order) as endpoint_class,
        arg_min(rules.is_endpoint, rules.rule_order) as is_endpoint,
        arg_min(rules.seat_weight, rules.rule_order) as seat_weight
    from types
    inner join {{ ref('endpoint_type') }} as rules
        on types.configuration_type_name ilike rules.name_pattern
    group by types.configuration_type_id

),

final as (

    select
        types.configuration_type_id,
        types.configuration_type_name,
        coalesce(classes.endpoint_class, 'unmapped') as endpoint_class,
        coalesce(classes.is_endpoint, false) as is_endpoint,
        cast(coalesce(classes.seat_weight, 0) as decimal(19, 4)) as seat_weight,
        types.is_inactive
    from types
    left join classes on types.configuration_type_id = classes.configuration_type_id

)

select * from final
