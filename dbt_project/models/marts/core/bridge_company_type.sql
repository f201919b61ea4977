with types as (

    select * from {{ ref('stg_connectwise__company__type') }}

),

final as (

    select
        types.company_id,
        types.company_type_id,
        types.position,
        types.company_type_name,
        types.position
        = min(types.position) over (partition by types.company_id) as is_first
    from types
    -- A type that is set twice is set.
    qualify
        row_number() over (
            partition by types.company_id, types.company_type_id order by types.position
        ) = 1

)

select * from final
