with boards as (

    select * from {{ ref('stg_connectwise__board') }}

),

-- Boards that tickets name but the role may not read.
inferred as (

    select
        known.id as board_id,
        known.name as board_name
    from {{ ref('int_core__references') }} as known
    anti join boards on known.id = boards.board_id
    where known.kind = 'board'

),

united as (

    select
        *,
        false as is_inferred
    from boards
    union all by name
    select
        *,
        true as is_inferred
    from inferred

),

-- The first rule, in the seed's order, whose pattern the name matches.
classes as (

    select
        united.board_id,
        arg_min(rules.board_class, rules.rule_order) as board_class
    from united
    inner join {{ ref('board_class') }} as rules
        on united.board_name ilike rules.name_pattern
    group by united.board_id

),

final as (

    select
        united.* exclude (is_project_board, is_inactive, is_reopened_by_email),
        coalesce(united.is_project_board, false) as is_project_board,
        coalesce(united.is_inactive, false) as is_inactive,
        coalesce(united.is_reopened_by_email, false) as is_reopened_by_email,
        coalesce(
            classes.board_class,
            case when united.is_project_board then 'project' end,
            'unmapped'
        ) as board_class
    from united
    left join classes on united.board_id = classes.board_id

)

select * from final
