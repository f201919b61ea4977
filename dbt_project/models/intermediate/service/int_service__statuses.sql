-- Statuses with what a ticket in them is waiting for, by the first rule that matches.
with statuses as (

    select * from {{ ref('stg_connectwise__board_status') }}

),

-- Statuses that tickets name but the role may not read.
inferred as (

    select
        status_id,
        max(status_name) as status_name,
        max(board_id) as board_id,
        bool_and(is_closed) as is_closed_status
    from {{ ref('int_service__tickets_united') }}
    where status_id is not null
    group by status_id

),

united as (

    select
        *,
        false as is_inferred
    from statuses
    union all by name
    select
        inferred.*,
        true as is_inferred
    from inferred
    anti join statuses on inferred.status_id = statuses.status_id

),

classes as (

    select
        united.status_id,
        arg_min(rules.status_class, rules.rule_order) as status_class
    from united
    inner join {{ ref('status_class') }} as rules
        on {{ matches_status_rule(
            'rules', 'united.is_closed_status', 'united.status_name',
            'united.escalation_status'
        ) }}
    group by united.status_id

),

final as (

    select
        united.* exclude (is_inactive, is_default, is_closed_status),
        coalesce(united.is_inactive, false) as is_inactive,
        coalesce(united.is_default, false) as is_default,
        coalesce(united.is_closed_status, false) as is_closed_status,
        coalesce(classes.status_class, 'unmapped') as status_class
    from united
    left join classes on united.status_id = classes.status_id

)

select * from final
