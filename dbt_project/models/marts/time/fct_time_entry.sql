{{ made_by_key('time_entry_id', 'int_time__entry_fingerprints') }}

with joined as (

    select
        entries.* exclude (project_id, phase_id),
        -- A ticket that was converted to a service ticket left its project.
        case
            when tickets.ticket_kind is distinct from 'service'
                then coalesce(entries.project_id, tickets.project_id)
        end as project_id,
        case
            when tickets.ticket_kind is distinct from 'service'
                then coalesce(entries.phase_id, tickets.phase_id)
        end as phase_id,
        tickets.board_id,
        coalesce(companies.is_internal, false) as is_internal_company,
        companies.currency_code,
        home.home_currency_code,
        coalesce(
            projects.billing_method in ('FixedFee', 'NotToExceed')
            and tickets.ticket_kind is distinct from 'service', false
        ) as is_fixed_fee,
        clocks.clock_seconds,
        clocks.after_hours_seconds,
        clocks.overlap_seconds,
        case
            when tickets.ticket_kind = 'service' then 'service ticket'
            when
                coalesce(entries.project_id, tickets.project_id) is not null
                or entries.charge_to_type = 'ProjectTicket' then 'project'
            when entries.ticket_id is not null then 'service ticket'
            else 'other'
        end as work_class
    from {{ ref('int_time__entries_resolved') }} as entries
    left join {{ ref('int_service__tickets_united') }} as tickets
        on entries.ticket_id = tickets.ticket_id
    left join {{ ref('int_core__companies') }} as companies
        on entries.company_id = companies.company_id
    left join {{ ref('stg_connectwise__project') }} as projects
        on coalesce(entries.project_id, tickets.project_id) = projects.project_id
    left join {{ ref('int_time__entry_clock') }} as clocks
        on entries.time_entry_id = clocks.time_entry_id
    cross join {{ ref('int_core__home_currency') }} as home

),

final as (

    select
        -- keys
        time_entry_id,
        member_id,
        company_id,
        ticket_id,
        board_id,
        project_id,
        phase_id,
        agreement_id,
        invoice_id,
        work_type_id,
        work_role_id,
        time_sheet_id,
        location_id,
        department_id,
        -- days and times
        {{ reporting_date('worked_at') }} as work_date,
        started_at,
        ended_at,
        entered_at,
        {{ reporting_date('entered_at') }} as entered_date,
        -- attributes
        charge_to_type,
        work_class,
        work_type_name,
        work_role_name,
        billable_option,
        time_status,
        {{ approval_state('time_status') }} as approval_state,
        {{ billing_state() }} as billing_state,
        absence_class,
        labour_cost_source,
        currency_code,
        home_currency_code,
        notes,
        -- flags
        is_utilised and absence_class is null as is_utilised,
        absence_class is not null as is_absence,
        is_internal_company,
        company_id is not null
        and not is_internal_company
        and coalesce(charge_to_type, '') <> 'ChargeCode'
        and absence_class is null as is_client_work,
        coalesce(billable_option = 'Billable', false) as is_billable,
        coalesce(billable_option = 'Billable', false)
        and agreement_id is not null as is_covered_by_agreement,
        {{ billing_state() }} = 'work in progress' as is_unbilled,
        is_fixed_fee,
        coalesce({{ reporting_date('entered_at') }}
        = {{ reporting_date('worked_at') }}, false) as is_same_day_entry,
        started_at is null
        or ended_at is null
        or ended_at < started_at as has_doubtful_times,
        coalesce(actual_hours < 0 or actual_hours > 24, true) as has_doubtful_hours,
        cost_rate_amount is null as is_cost_missing,
        -- measures: hours
        coalesce(actual_hours, 0) as actual_hours,
        coalesce(deducted_hours, 0) as deducted_hours,
        coalesce(billed_hours, 0) as billed_hours,
        coalesce(invoiced_hours, 0) as invoiced_hours,
        coalesce(agreement_hours, 0) as agreement_hours,
        date_sub('minute', finished_at, entered_at) as entry_lag_minutes,
        case
            when absence_class is not null then 0
            else try_cast(
                actual_hours * after_hours_seconds / clock_seconds as decimal(19, 4)
            )
        end as after_hours_hours,
        cast(overlap_seconds // 60 as bigint) as overlap_minutes,
        -- measures: money
        hourly_rate_amount,
        cost_rate_amount,
        try_cast(
            coalesce(actual_hours, 0) * cost_rate_amount as decimal(19, 4)
        ) as labour_cost_amount,
        try_cast(
            case
                when billable_option = 'Billable'
                    then billed_hours * hourly_rate_amount
                else 0
            end as decimal(19, 4)
        ) as billable_value_amount,
        try_cast(case
            when billable_option = 'Billable' then billed_hours * standard_rate_amount
        end as decimal(19, 4)) as standard_value_amount,
        coalesce(invoiced_amount, 0) as invoiced_amount,
        coalesce(agreement_amount, 0) as agreement_amount,
        -- bookkeeping
        updated_at,
        synced_at
    from joined

)

select * from final
