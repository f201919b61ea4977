-- What an entry was charged to, and what the work type and the member say about it.
with entries as (

    select
        *,
        coalesce(
            ticket_id,
            case
                when charge_to_type in ('ServiceTicket', 'ProjectTicket')
                    then charge_to_id
            end
        ) as resolved_ticket_id
    from {{ ref('stg_connectwise__time_entry') }}

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
        where charge_to_type not in ('ServiceTicket', 'ProjectTicket')
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

final as (

    select
        entries.* exclude (ticket_id, resolved_ticket_id),
        entries.resolved_ticket_id as ticket_id,
        coalesce(work_types.is_utilised, false) as is_utilised,
        work_types.cost_multiplier,
        absences.absence_class,
        members.hourly_cost_amount as member_hourly_cost_amount,
        coalesce(entries.started_at, entries.entered_at) as worked_at
    from entries
    left join work_types on entries.work_type_id = work_types.work_type_id
    left join {{ ref('stg_connectwise__member') }} as members
        on entries.member_id = members.member_id
    left join absences
        on entries.charge_to_type = absences.charge_to_type
        and entries.charge_to_id is not distinct from absences.charge_to_id
        and entries.work_type_id is not distinct from absences.work_type_id
        and entries.work_type_name is not distinct from absences.work_type_name

)

select * from final
