-- Everybody who has to do with a ticket: its owner, the resources it lists by their
-- identifiers, who is booked for it and who has worked on it.
with tickets as not materialized (

    select * from {{ ref('int_service__tickets_united') }}

),

listed as (

    select
        ticket_id,
        lower(trim(unnest(string_split(resource_identifiers, ',')))) as identifier
    from tickets
    where resource_identifiers is not null

),

roles as (

    select ticket_id, owner_member_id as member_id, 'owner' as role
    from tickets
    where owner_member_id is not null
    union all
    select listed.ticket_id, members.member_id, 'listed'
    from listed
    inner join {{ ref('stg_connectwise__member') }} as members
        on listed.identifier = lower(members.member_identifier)
    union all
    select bookings.ticket_id, bookings.member_id, 'booked'
    from {{ ref('fct_schedule_entry') }} as bookings
    inner join tickets on bookings.ticket_id = tickets.ticket_id
    where bookings.member_id is not null
    union all
    select entries.ticket_id, entries.member_id, 'worked'
    from {{ ref('fct_time_entry') }} as entries
    inner join tickets on entries.ticket_id = tickets.ticket_id
    where entries.member_id is not null

),

final as (

    select
        ticket_id,
        member_id,
        bool_or(role = 'owner') as is_owner,
        bool_or(role = 'listed') as is_listed,
        bool_or(role = 'booked') as is_booked,
        bool_or(role = 'worked') as has_worked
    from roles
    group by ticket_id, member_id

)

select * from final
