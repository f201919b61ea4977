with source as (

    select * from {{ source('connectwise_raw', 'board_type_associations') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as board_type_association_id,
        cast(_parent_id as bigint) as board_id,
        cast(type__id as bigint) as ticket_type_id,
        cast(sub_type__id as bigint) as ticket_subtype_id,
        cast(item__id as bigint) as ticket_item_id,
        -- names
        {{ clean_text('type__name') }} as ticket_type_name,
        {{ clean_text('sub_type__name') }} as ticket_subtype_name,
        {{ clean_text('item__name') }} as ticket_item_name,
        -- bookkeeping
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('board_type_associations') }}

)

select * from renamed
