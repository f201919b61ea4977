with members as (

    select * from {{ ref('stg_connectwise__member') }}

),

-- Deleted members that time, tickets and projects still point at.
inferred as (

    select
        known.id as member_id,
        known.name as reference_name
    from {{ ref('int_core__references') }} as known
    anti join members on known.id = members.member_id
    where known.kind = 'member'

),

united as (

    select
        *,
        false as is_inferred
    from members
    union all by name
    select
        *,
        true as is_inferred
    from inferred

),

final as (

    select
        * exclude (reference_name, is_inactive, is_in_utilisation_reporting),
        coalesce(
            nullif(concat_ws(' ', first_name, last_name), ''),
            reference_name,
            member_identifier
        ) as member_name,
        coalesce(is_inactive, is_inferred) as is_inactive,
        coalesce(is_in_utilisation_reporting, false) as is_in_utilisation_reporting,
        -- Licence class A is an API member: a key, not a person.
        coalesce(license_class = 'A', false) as is_api_member,
        -- The calendar most members share stands in for a missing one.
        coalesce(calendar_id, mode(calendar_id) over ()) as working_calendar_id
    from united

)

select * from final
