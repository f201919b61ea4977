{{ config(materialized='table') }}

-- What an hour costs a client by rule: the entry's own rate; else what the agreement
-- says of the work type, then of the work role; else the rate of the role, else of the
-- member, which are also what the rules of an agreement change. Tickets, projects,
-- agreement types and companies have no rate that the API tells.
with entries as (

    select
        time_entry_id,
        agreement_id,
        work_type_id,
        work_role_id,
        member_id,
        hourly_rate_amount,
        work_date
    from {{ ref('fct_time_entry') }}

),

based as (

    select
        entries.*,
        case
            when roles.hourly_rate_amount > 0 then roles.hourly_rate_amount
            when members.hourly_rate_amount > 0 then members.hourly_rate_amount
        end as base_rate_amount
    from entries
    left join {{ ref('int_time__work_roles') }} as roles
        on entries.work_role_id = roles.work_role_id
    left join {{ ref('stg_connectwise__member') }} as members
        on entries.member_id = members.member_id

),

-- Should two rules hold on a day, the later one does.
by_type as (

    select
        based.time_entry_id,
        {{ rate_by_type('based.base_rate_amount', 'rules.rate_type', 'rules.rate') }}
            as rate_amount
    from based
    inner join {{ ref('stg_connectwise__agreement_work_type') }} as rules
        on based.agreement_id = rules.agreement_id
        and based.work_type_id = rules.work_type_id
        and coalesce(based.work_date >= rules.effective_date, true)
        and coalesce(based.work_date <= rules.ending_date, true)
    qualify
        row_number() over (
            partition by based.time_entry_id
            order by rules.effective_date desc nulls last, rules.agreement_work_type_id
        ) = 1

),

by_role as (

    select
        based.time_entry_id,
        {{ rate_by_type('based.base_rate_amount', 'rules.rate_type', 'rules.rate') }}
            as rate_amount
    from based
    inner join {{ ref('stg_connectwise__agreement_work_role') }} as rules
        on based.agreement_id = rules.agreement_id
        and based.work_role_id = rules.work_role_id
        and coalesce(based.work_date >= rules.effective_date, true)
        and coalesce(based.work_date <= rules.ending_date, true)
    qualify
        row_number() over (
            partition by based.time_entry_id
            order by rules.effective_date desc nulls last, rules.agreement_work_role_id
        ) = 1

),

final as (

    select
        based.time_entry_id,
        case
            when based.hourly_rate_amount > 0 then 'entry'
            when by_type.rate_amount is not null then 'agreement work type'
            when by_role.rate_amount is not null then 'agreement work role'
            when based.base_rate_amount is not null then 'work role or member'
            else 'unknown'
        end as rate_source,
        cast(
            case
                when based.hourly_rate_amount > 0 then based.hourly_rate_amount
                else coalesce(
                    by_type.rate_amount, by_role.rate_amount, based.base_rate_amount
                )
            end as decimal(19, 4)
        ) as standard_rate_amount
    from based
    left join by_type on based.time_entry_id = by_type.time_entry_id
    left join by_role on based.time_entry_id = by_role.time_entry_id

)

select * from final
