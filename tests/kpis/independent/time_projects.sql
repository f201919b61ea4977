-- A second reading of projects on staging, written apart from the marts.

-- Tickets that are a project's now: one that was converted stands in the list that was
-- changed last.
create or replace temp table read_project_tickets as
select
    t.*,
    case when t.budget_hours > 0 then t.budget_hours end as budget,
    case
        when t.entered_at >= timestamp '2000-01-01' then local_day(t.entered_at)
        else local_day(t.updated_at)
    end as opened_day,
    local_day(t.closed_at) as closed_day
from staging.stg_connectwise__project_ticket as t
where not exists (
    select 1 from staging.stg_connectwise__service_ticket as s
    where s.ticket_id = t.ticket_id and s.updated_at > t.updated_at
);

-- Projects with the budget that counts.
create or replace temp table read_projects as
with tickets as (
    select
        project_id,
        count(*) as tickets,
        count(*) filter (where is_closed) as closed_tickets,
        sum(budget) as ticket_budget,
        coalesce(sum(budget) filter (where is_closed), 0) as closed_budget,
        max(case when is_closed then closed_day end) as last_closed_day
    from read_project_tickets
    group by project_id
)

select
    p.*,
    coalesce(p.estimated_start_date, p.scheduled_start_date) as starts,
    coalesce(p.estimated_end_date, p.scheduled_end_date) as ends,
    coalesce(p.billing_method in ('FixedFee', 'NotToExceed'), false) as is_fixed_fee,
    coalesce(t.tickets, 0) as tickets,
    coalesce(t.closed_tickets, 0) as closed_tickets,
    t.ticket_budget,
    t.last_closed_day,
    coalesce(
        case when p.is_budgeted_on_project then case
            when p.budget_hours > 0 then p.budget_hours
            when coalesce(p.budget_hours, 0) = 0 and p.estimated_hours > 0
                then p.estimated_hours
        end end,
        t.ticket_budget
    ) as bac,
    case
        when t.ticket_budget > 0 then t.closed_budget / t.ticket_budget
        when t.tickets > 0 then cast(t.closed_tickets as double) / t.tickets
    end as done
from staging.stg_connectwise__project as p
left join tickets as t using (project_id);

-- Time on projects, with the ticket's project where the entry names none.
create or replace temp table read_project_time as
select
    r.* exclude (project_id, hourly_cost_amount),
    coalesce(r.project_id, t.project_id) as project_id,
    t.budget as ticket_budget,
    r.hours * coalesce(
        nullif(r.hourly_cost_amount, 0),
        nullif(m.hourly_cost_amount, 0) * coalesce(r.cost_multiplier, 1)
    ) as cost
from read_time as r
left join read_project_tickets as t
    on coalesce(r.ticket_id, case when r.charge_to_type in (
        'ServiceTicket', 'ProjectTicket') then r.charge_to_id end) = t.ticket_id
left join staging.stg_connectwise__member as m using (member_id)
where
    coalesce(r.project_id, t.project_id) is not null
    and (t.ticket_id is not null or coalesce(r.charge_to_type, '') <> 'ServiceTicket');

create or replace temp table read_project_hours as
select project_id, sum(hours) as hours, sum(cost) as cost, max(work_day) filter (
    where work_day between date '2000-01-01' and as_of_day()) as last_work_day
from read_project_time
group by project_id;

create or replace temp macro weekdays_in(a, b) as (
    select count(*)
    from range(0, case when b >= a then cast(b - a as bigint) + 1 else 0 end) as r(n)
    where isodow(a + cast(r.n as integer)) <= 5
);
