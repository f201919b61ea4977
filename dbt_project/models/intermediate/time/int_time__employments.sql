-- A joining day that is missing or impossible gives way to the first day with time, a
-- missing leaving day to the last one. Who came back has a leaving day and is active.
with work_spans as (

    select
        entries.member_id,
        min(entries.work_date) as first_work_date,
        max(entries.work_date) as last_work_date
    from {{ ref('fct_time_entry') }} as entries
    cross join {{ ref('int_core__as_of') }} as clock
    where
        entries.work_date between clock.earliest_plausible_date and clock.as_of_date
    group by entries.member_id

),

final as (

    select
        members.member_id,
        coalesce(
            case
                when members.hire_date >= clock.earliest_plausible_date
                    then members.hire_date
            end,
            work_spans.first_work_date
        ) as first_date,
        case
            when members.is_inactive
                then coalesce(members.inactive_date, work_spans.last_work_date)
            else clock.as_of_date
        end as last_date
    from {{ ref('int_core__members') }} as members
    cross join {{ ref('int_core__as_of') }} as clock
    left join work_spans on members.member_id = work_spans.member_id
    where not members.is_api_member and not members.is_inferred

)

select * from final
