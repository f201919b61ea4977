-- What an entry was charged to, and what the work type and the member say about it.
with entries as not materialized (

    select
        *,
        coalesce(started_at, entered_at) as worked_at,
        {{ charged_ticket_id() }} as resolved_ticket_id
    from {{ ref('stg_connectwise__time_entry') }}
    {{ changed_only('time_entry_id', 'int_time__entry_fingerprints') }}

),

absence_rules as (

    select * from {{ ref('absence') }}

),

work_types as (

    select * from {{ ref('stg_connectwise__work_type') }}

),

-- One class per distinct combination; entries share very few of them.
absences as (

    select
        entries.work_type_id,
        entries.work_type_name,
        entries.charge_to_type,
        entries.charge_to_id,
        min(absence_rules.absence_class) as absence_class
    from (
        select distinct work_type_id, work_type_name, charge_to_type, charge_to_id
        from entries
        where coalesce(charge_to_type, '') not in ('ServiceTicket', 'ProjectTicket')
    ) as entries
    left join work_types on entries.work_type_id = work_types.work_type_id
    inner join absence_rules
        on case absence_rules.match_on
            when 'accrual_type' then work_types.accrual_type
            when 'work_type_name' then entries.work_type_name
            when 'charge_code_id'
                then case
                    when entries.charge_to_type = 'ChargeCode'
                        then cast(entries.charge_to_id as varchar)
                end
        end ilike absence_rules.pattern
    group by all

),

resolved as (

    select
        entries.* exclude (ticket_id, resolved_ticket_id),
        entries.resolved_ticket_id as ticket_id,
        coalesce(work_types.is_utilised, false) as is_utilised,
        absences.absence_class,
        -- The member's cost as it was that day, else the first known, else today's.
        versions.valid_from <= entries.worked_at as is_cost_of_the_day,
        versions.member_id is not null as has_cost_history,
        coalesce(
            versions.hourly_cost_amount, nullif(members.hourly_cost_amount, 0)
        ) * coalesce(work_types.cost_multiplier, 1) as member_cost_amount,
        try_cast({{ rate_by_type(
            'coalesce(work_roles.hourly_rate_amount, members.hourly_rate_amount)',
            'work_types.rate_type', 'work_types.rate'
        ) }} as decimal(19, 4)) as standard_rate_amount
    from entries
    left join work_types on entries.work_type_id = work_types.work_type_id
    left join {{ ref('int_time__work_roles') }} as work_roles
        on entries.work_role_id = work_roles.work_role_id
    left join {{ ref('stg_connectwise__member') }} as members
        on entries.member_id = members.member_id
    left join {{ ref('dim_member_history') }} as versions
        on entries.member_id = versions.member_id
        and entries.worked_at >= versions.effective_from
        and entries.worked_at
        < coalesce(versions.valid_to, cast('infinity' as timestamp))
        and versions.hourly_cost_amount > 0
    left join absences
        on entries.charge_to_type is not distinct from absences.charge_to_type
        and entries.charge_to_id is not distinct from absences.charge_to_id
        and entries.work_type_id is not distinct from absences.work_type_id
        and entries.work_type_name is not distinct from absences.work_type_name

),

final as (

    select
        * exclude (is_cost_of_the_day, has_cost_history, member_cost_amount),
        -- A blank or masked cost falls back; no fallback is no cost, and not cost zero.
        try_cast(
            case
                when hourly_cost_amount > 0 then hourly_cost_amount
                when member_cost_amount > 0 then member_cost_amount
            end as decimal(19, 4)
        ) as cost_rate_amount,
        case
            when hourly_cost_amount > 0 then 'time entry'
            when coalesce(member_cost_amount, 0) <= 0 then 'unknown'
            when is_cost_of_the_day then 'member history'
            when has_cost_history then 'earliest member history'
            else 'member today'
        end as labour_cost_source,
        -- A stated end counts only when it does not lie before the start; hours that no
        -- calendar could hold give no end.
        case
            when ended_at >= started_at then ended_at
            when abs(coalesce(actual_hours, 0)) <= 1000000
                then
                    worked_at
                    + to_minutes(cast(coalesce(actual_hours, 0) * 60 as bigint))
        end as finished_at
    from resolved

)

select * from final
