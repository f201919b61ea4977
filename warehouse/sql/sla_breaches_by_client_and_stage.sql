-- Who breached the SLA in the last 90 days, and at which stage?
-- One row per client and stage (response, plan, resolution) with a miss: tickets decided
-- at that stage, how many of them were late, by how much in the median, and where they
-- stand most: the priority and the board with most misses. ConnectWise's own minutes
-- decide; a ticket that nobody answered is late once its goal has passed.
with clock as (

    select cast(timezone(reporting_time_zone, as_of) as date) as as_of_date
    from meta.as_of

),

stages as (

    select
        tickets.ticket_id,
        tickets.company_id,
        tickets.board_id,
        tickets.priority_name,
        unnest([
            {
                'stage': 'response',
                'is_met': tickets.is_response_sla_met,
                'late_minutes':
                    tickets.respond_counted_minutes - tickets.respond_target_minutes
            },
            {
                'stage': 'plan',
                'is_met': tickets.is_plan_sla_met,
                'late_minutes':
                    tickets.plan_counted_minutes - tickets.plan_target_minutes
            },
            {
                'stage': 'resolution',
                'is_met': tickets.is_resolution_sla_met,
                'late_minutes':
                    tickets.resolution_counted_minutes
                    - tickets.resolution_target_minutes
            }
        ], recursive := true)
    from marts.fct_ticket as tickets
    cross join clock
    where
        tickets.is_service_population
        and tickets.opened_date > clock.as_of_date - 90

)

select
    companies.company_name,
    stages.stage,
    count(stages.is_met) as decided_count,
    count(*) filter (where not stages.is_met) as missed_count,
    round(100.0 * count(*) filter (where not stages.is_met) / count(stages.is_met), 1)
        as missed_pct,
    cast(median(stages.late_minutes) filter (where not stages.is_met) as integer)
        as median_late_minutes,
    mode(stages.priority_name order by stages.priority_name)
        filter (where not stages.is_met) as most_missed_priority,
    mode(boards.board_name order by boards.board_name)
        filter (where not stages.is_met) as most_missed_board
from stages
left join marts.dim_company as companies
    on stages.company_id = companies.company_id
left join marts.dim_board as boards on stages.board_id = boards.board_id
group by stages.company_id, companies.company_name, stages.stage
having missed_count > 0
order by missed_count desc, missed_pct desc, companies.company_name, stages.stage;
