with source as (

    select * from {{ source('connectwise_raw', 'departments') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as department_id,
        -- names
        {{ clean_text('identifier') }} as department_identifier,
        {{ clean_text('name') }} as department_name,
        -- bookkeeping
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('departments') }}

)

select * from renamed
