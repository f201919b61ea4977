{{ config(materialized='table') }}

-- What a row of fct_time_entry is made of: its record, what set-up, member and calendar
-- say, and the ticket, client and project that it was charged to.
with entries as not materialized (

    select
        time_entry_id,
        company_id,
        member_id,
        project_id,
        work_type_id,
        work_role_id,
        row_hash,
        synced_at,
        {{ charged_ticket_id() }} as ticket_id
    from {{ ref('stg_connectwise__time_entry') }}

),

members as (

    select
        members.member_id,
        hash(
            members.hourly_cost_amount,
            members.hourly_rate_amount,
            sum(hash(versions))
        ) as member_hash
    from {{ ref('stg_connectwise__member') }} as members
    left join {{ ref('dim_member_history') }} as versions
        on members.member_id = versions.member_id
    group by
        members.member_id, members.hourly_cost_amount, members.hourly_rate_amount

),

set_up as (

    select
        {{ hash_of_rows('absence') }} as absence_hash,
        home.home_currency_code,
        clock.reporting_time_zone
    from {{ ref('int_core__home_currency') }} as home
    cross join {{ ref('int_core__as_of') }} as clock

),

fingerprinted as (

    select
        entries.time_entry_id,
        hash(
            entries.row_hash,
            entries.synced_at,
            members.member_hash,
            hash(work_types),
            hash(work_roles),
            tickets.ticket_kind,
            tickets.board_id,
            tickets.project_id,
            tickets.phase_id,
            companies.is_internal,
            companies.currency_code,
            projects.billing_method,
            clocks.clock_seconds,
            clocks.after_hours_seconds,
            clocks.overlap_seconds,
            hash(set_up)
        ) as fingerprint
    from entries
    left join members on entries.member_id = members.member_id
    left join {{ ref('stg_connectwise__work_type') }} as work_types
        on entries.work_type_id = work_types.work_type_id
    left join {{ ref('int_time__work_roles') }} as work_roles
        on entries.work_role_id = work_roles.work_role_id
    left join {{ ref('int_service__tickets_united') }} as tickets
        on entries.ticket_id = tickets.ticket_id
    left join {{ ref('int_core__companies') }} as companies
        on entries.company_id = companies.company_id
    left join {{ ref('stg_connectwise__project') }} as projects
        on coalesce(entries.project_id, tickets.project_id) = projects.project_id
    left join {{ ref('int_time__entry_clock') }} as clocks
        on entries.time_entry_id = clocks.time_entry_id
    cross join set_up

),

final as (

    {{ flagged_if_changed('time_entry_id', ['fct_time_entry']) }}

)

select * from final
