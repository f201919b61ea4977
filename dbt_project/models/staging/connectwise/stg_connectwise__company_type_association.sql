with source as (

    select * from {{ source('connectwise_raw', 'company_type_associations') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as company_type_association_id,
        cast(_parent_id as bigint) as company_id,
        cast(type__id as bigint) as company_type_id,
        -- names
        {{ clean_text('type__name') }} as company_type_name,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('company_type_associations') }}

)

select * from renamed
