-- Where did the hours of the last four weeks go, and who pays for them?
-- One row per client: hours worked, of which covered by an agreement, billable beside
-- it, and approved but not invoiced yet. "Today" is the clock of the last sync, never
-- the clock of this computer.
with clock as (

    select
        cast(timezone(reporting_time_zone, as_of) as date) as as_of_date
    from meta.as_of

)

select
    companies.company_name,
    sum(entries.actual_hours) as worked_hours,
    sum(case when entries.is_covered_by_agreement then entries.actual_hours else 0 end)
        as covered_hours,
    sum(
        case
            when entries.is_billable and not entries.is_covered_by_agreement
                then entries.actual_hours
            else 0
        end
    ) as billable_beside_hours,
    sum(case when entries.is_unbilled then entries.actual_hours else 0 end)
        as unbilled_hours
from marts.fct_time_entry as entries
cross join clock
left join marts.dim_company as companies
    on entries.company_id = companies.company_id
where
    entries.is_client_work
    and entries.work_date > clock.as_of_date - 28
    and entries.work_date <= clock.as_of_date
group by entries.company_id, companies.company_name
order by worked_hours desc
limit 20;
