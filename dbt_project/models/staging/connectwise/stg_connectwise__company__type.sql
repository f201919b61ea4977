with source as (

    select * from {{ source('connectwise_raw', 'companies__types') }}

),

renamed as (

    select
        -- ids
        cast(_parent_id as bigint) as company_id,
        cast(_position as bigint) as position,
        cast(id as bigint) as company_type_id,
        -- names
        {{ clean_text('name') }} as company_type_name
    from source
    where {{ not_deleted('companies', '_parent_id') }}

)

select * from renamed
