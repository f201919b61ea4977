-- Work roles with what an hour of them is worth: by the first rule of the seed whose
-- pattern the name matches, else by the role itself.
with roles as (

    select * from {{ ref('stg_connectwise__work_role') }}

),

rates as (

    select
        roles.work_role_id,
        arg_min(rules.hourly_rate_amount, rules.rule_order) as hourly_rate_amount
    from roles
    inner join {{ ref('standard_rate') }} as rules
        on roles.work_role_name ilike rules.name_pattern
    group by roles.work_role_id

),

final as (

    select
        roles.* exclude (hourly_rate_amount),
        cast(
            coalesce(rates.hourly_rate_amount, roles.hourly_rate_amount)
            as decimal(19, 4)
        ) as hourly_rate_amount
    from roles
    left join rates on roles.work_role_id = rates.work_role_id

)

select * from final
