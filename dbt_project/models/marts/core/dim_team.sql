-- Teams stand in a flat list and below their boards, under the same ids.
with listed as (

    select
        team_id,
        team_name,
        leader_member_id,
        location_id,
        department_id,
        cast(null as bigint) as board_id,
        updated_at,
        synced_at
    from {{ ref('stg_connectwise__service_team') }}

),

on_boards as (

    select
        team_id,
        min(team_name) as team_name,
        min(leader_member_id) as leader_member_id,
        min(board_id) as board_id,
        min(location_id) as location_id,
        min(department_id) as department_id,
        max(updated_at) as updated_at,
        max(synced_at) as synced_at
    from {{ ref('stg_connectwise__board_team') }}
    group by team_id

),

-- Teams that tickets name but neither list holds.
inferred as (

    select
        team_id,
        max(team_name) as team_name
    from {{ ref('int_service__tickets_united') }}
    where team_id is not null
    group by team_id

),

united as (

    select
        coalesce(listed.team_id, on_boards.team_id, inferred.team_id) as team_id,
        coalesce(listed.team_name, on_boards.team_name, inferred.team_name)
            as team_name,
        on_boards.board_id,
        coalesce(listed.leader_member_id, on_boards.leader_member_id)
            as leader_member_id,
        coalesce(listed.location_id, on_boards.location_id) as location_id,
        coalesce(listed.department_id, on_boards.department_id) as department_id,
        listed.team_id is null and on_boards.team_id is null as is_inferred,
        coalesce(listed.updated_at, on_boards.updated_at) as updated_at,
        coalesce(listed.synced_at, on_boards.synced_at) as synced_at
    from listed
    full join on_boards on listed.team_id = on_boards.team_id
    full join inferred
        on coalesce(listed.team_id, on_boards.team_id) = inferred.team_id

),

tiers as (

    select
        united.team_id,
        arg_min(rules.tier, rules.rule_order) as tier
    from united
    inner join {{ ref('tier_by_team') }} as rules
        on united.team_name ilike rules.team_pattern
    group by united.team_id

),

final as (

    select
        -- keys
        united.team_id,
        united.board_id,
        united.leader_member_id,
        united.location_id,
        united.department_id,
        -- attributes
        united.team_name,
        tiers.tier,
        -- flags
        united.is_inferred,
        -- bookkeeping
        united.updated_at,
        united.synced_at
    from united
    left join tiers on united.team_id = tiers.team_id

)

select * from final
