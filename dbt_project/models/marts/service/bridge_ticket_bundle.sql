with tickets as not materialized (

    select * from {{ ref('int_service__tickets_united') }}

),

links as (

    select parent_ticket_id, ticket_id as child_ticket_id, 'bundled' as link_kind
    from tickets
    where parent_ticket_id is not null
    union all
    select merged_parent_ticket_id, ticket_id, 'merged'
    from tickets
    where merged_parent_ticket_id is not null

),

final as (

    select
        links.parent_ticket_id,
        links.child_ticket_id,
        links.link_kind,
        parents.ticket_id is not null as is_parent_known
    from links
    left join tickets as parents on links.parent_ticket_id = parents.ticket_id

)

select * from final
