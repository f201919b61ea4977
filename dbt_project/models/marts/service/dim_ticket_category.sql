-- The combinations that tickets have, under the names that their own lists give them;
-- names repeat across boards, ids do not.
with combinations as (

    select
        {{ ticket_category_key() }} as ticket_category_key,
        board_id,
        ticket_type_id,
        ticket_subtype_id,
        ticket_item_id,
        max(type_name) as type_name,
        max(subtype_name) as subtype_name,
        max(item_name) as item_name
    from {{ ref('int_service__tickets_united') }}
    group by board_id, ticket_type_id, ticket_subtype_id, ticket_item_id

),

final as (

    select
        -- keys
        combinations.ticket_category_key,
        combinations.board_id,
        combinations.ticket_type_id,
        combinations.ticket_subtype_id,
        combinations.ticket_item_id,
        -- attributes
        coalesce(types.ticket_type_name, combinations.type_name) as type_name,
        coalesce(subtypes.ticket_subtype_name, combinations.subtype_name)
            as subtype_name,
        coalesce(items.ticket_item_name, combinations.item_name) as item_name,
        types.ticket_type_category,
        -- flags
        combinations.ticket_type_id is not null
        and combinations.ticket_subtype_id is not null
        and combinations.ticket_item_id is not null as is_categorised,
        coalesce(types.is_inactive, false) as is_type_inactive
    from combinations
    left join {{ ref('stg_connectwise__board_type') }} as types
        on combinations.ticket_type_id = types.ticket_type_id
    left join {{ ref('stg_connectwise__board_subtype') }} as subtypes
        on combinations.ticket_subtype_id = subtypes.ticket_subtype_id
    left join {{ ref('stg_connectwise__board_item') }} as items
        on combinations.ticket_item_id = items.ticket_item_id

)

select * from final
