with source as (

    select *
    from {{ source('connectwise_raw', 'board_subtypes__type_association_ids') }}

),

renamed as (

    select
        -- ids
        cast(_parent_id as bigint) as ticket_subtype_id,
        cast(_position as bigint) as position,
        cast(value as bigint) as ticket_type_id
    from source
    where {{ not_deleted('board_subtypes', '_parent_id') }}

)

select * from renamed
