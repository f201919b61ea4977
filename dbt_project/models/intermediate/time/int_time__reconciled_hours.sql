with entries as (

    select * from {{ ref('stg_connectwise__time_entry') }}

),

-- The changelog's last word on each entry that changed lately.
logged as (

    select *
    from {{ ref('stg_connectwise__time_changelog') }}
    qualify
        row_number() over (
            partition by time_entry_id order by time_changelog_id desc
        ) = 1

),

compared as (

    select
        logged.time_entry_id,
        coalesce(entries.member_id, logged.member_id) as member_id,
        coalesce(entries.started_at, logged.started_at) as started_at,
        coalesce(entries.actual_hours, 0) as our_hours,
        case
            when logged.action ilike 'delete%' then 0 else logged.actual_hours
        end as logged_hours,
        case
            when logged.action ilike 'delete%' and entries.time_entry_id is not null
                then 'deleted by the changelog'
            when logged.action ilike 'delete%' then 'none'
            when entries.time_entry_id is null then 'entry is not there'
            when abs(entries.actual_hours - logged.actual_hours) < 0.005 then 'none'
            when entries.updated_at > logged.synced_at then 'changed since'
            else 'hours differ'
        end as cause
    from logged
    left join entries on logged.time_entry_id = entries.time_entry_id

),

final as (

    select
        member_id,
        cast(
            {{ dbt.date_trunc('month', reporting_date('started_at')) }} as date
        ) as period_month,
        count(*) as compared_count,
        count(*) filter (where cause <> 'none') as apart_count,
        cast(sum(our_hours) as decimal(19, 4)) as our_hours,
        cast(sum(coalesce(logged_hours, 0)) as decimal(19, 4)) as logged_hours,
        coalesce(
            {{ commonest('cause', "cause <> 'none'") }}, 'none'
        ) as cause
    from compared
    group by member_id, period_month

)

select * from final
