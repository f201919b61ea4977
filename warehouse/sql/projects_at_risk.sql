-- Which projects need a decision, and why?
-- One row per open project that is red or amber. Burn is not progress: what matters is
-- the gap between the budget used and the work completed.
select
    project_name,
    company_name,
    manager_name,
    health,
    health_reason,
    complete_tickets_pct,
    budget_burn_pct,
    budget_burn_pct - complete_tickets_pct as gap_pct,
    late_days,
    idle_weekdays
from reports.rpt_project_status
where not is_closed and health in ('red', 'amber')
order by health desc, gap_pct desc nulls last;
