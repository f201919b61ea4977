with source as (

    select * from {{ ref('stg_connectwise__department') }}

),

final as (

    select
        -- keys
        department_id,
        -- attributes
        department_identifier,
        department_name,
        -- bookkeeping
        synced_at
    from source

)

select * from final
