-- The API keeps neither the moment of submission nor the audit of a sheet. What is
-- certain is said as such; else a sheet that is not open any more, and whose time was
-- all entered by the deadline, counts as submitted in time.
with clock as (

    select * from {{ ref('int_core__as_of') }}

),

sheets as (

    select * from {{ ref('int_time__sheets') }}

),

entered as (

    select
        time_sheet_id,
        count(*) as time_entries_count,
        sum(actual_hours) as logged_hours,
        max(entered_date) as last_entered_date
    from {{ ref('fct_time_entry') }}
    where time_sheet_id is not null
    group by time_sheet_id

),

dated as (

    select
        sheets.*,
        entered.time_entries_count,
        entered.logged_hours,
        entered.last_entered_date,
        coalesce(
            sheets.time_sheet_status not in ('Open', 'Rejected', 'RejectBySecondTier'),
            false
        ) as is_submitted,
        coalesce(
            sheets.time_sheet_status in (
                'ApprovedByTierTwo', 'ReadyToBill', 'Billed', 'BilledAgreement',
                'WrittenOff'
            ), false
        ) as is_approved,
        coalesce(sheets.deadline_date < clock.as_of_date, false) as is_due,
        {{ reporting_date('sheets.updated_at') }} as changed_date
    from sheets
    cross join clock
    left join entered on sheets.time_sheet_id = entered.time_sheet_id

),

judged as (

    select
        *,
        case
            when not is_due then null
            when time_sheet_id is null then 'no sheet'
            when not is_submitted then 'open after the deadline'
            when last_entered_date > deadline_date
                then 'time entered after the deadline'
            when changed_date <= deadline_date then 'unchanged since the deadline'
            else 'time entered by the deadline'
        end as on_time_evidence
    from dated

),

final as (

    select
        -- keys
        {{ dbt.concat([
            "coalesce(cast(time_sheet_id as varchar), 'missing')", "'-'",
            "coalesce(cast(member_id as varchar), '')", "'-'",
            "coalesce(cast(start_date as varchar), '')"
        ]) }} as time_sheet_key,
        time_sheet_id,
        member_id,
        -- the period
        period_year,
        period_number,
        start_date,
        end_date,
        deadline_date,
        -- attributes
        time_sheet_status,
        on_time_evidence,
        -- flags
        time_sheet_id is null as is_missing,
        is_due,
        is_submitted,
        is_approved,
        case
            when is_due
                then on_time_evidence in (
                    'unchanged since the deadline', 'time entered by the deadline'
                )
        end as is_on_time,
        -- measures
        coalesce(time_entries_count, 0) as time_entries_count,
        {{ sum_or_zero('logged_hours') }} as logged_hours,
        case when is_approved and changed_date >= end_date then changed_date end
            as approved_date,
        case
            when is_approved and changed_date >= end_date
                then {{ dbt.datediff('end_date', 'changed_date', 'day') }}
        end as approval_days,
        -- bookkeeping
        updated_at,
        synced_at
    from judged

)

select * from final
