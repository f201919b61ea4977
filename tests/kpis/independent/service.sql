-- What independent SQL of examples may build on: a second reading of staging, written
-- apart from the marts. Temporary, in the connection that asks.

create or replace temp macro as_of_day() as (
    select cast(timezone(reporting_time_zone, as_of) as date) from meta.as_of
);

create or replace temp macro local_day(moment) as cast(
    timezone((select reporting_time_zone from meta.as_of), timezone('UTC', moment))
    as date
);

-- A moment that can have happened: after 2000, and before the sync's next day.
create or replace temp macro happened(moment) as
moment >= timestamp '2000-01-01'
and moment <= (select timezone('UTC', as_of) + interval 1 day from meta.as_of);

-- Boards by the seed's first pattern that fits.
create or replace temp table board_classes as
select
    b.board_id,
    b.board_name,
    coalesce(
        (
            select r.board_class from staging.board_class as r
            where lower(b.board_name) like lower(r.name_pattern)
            order by r.rule_order limit 1
        ),
        case when b.is_project_board then 'project' else 'unmapped' end
    ) as board_class
from staging.stg_connectwise__board as b;

-- The MSP itself, under whichever of its names.
create or replace temp table own_companies as
select c.company_id
from staging.stg_connectwise__company as c
where exists (
    select 1 from staging.internal_company as r
    where
        (r.match_on = 'identifier' and c.company_identifier ilike r.pattern)
        or (r.match_on = 'name' and c.company_name ilike r.pattern)
        or (
            r.match_on = 'type'
            and exists (
                select 1 from staging.stg_connectwise__company__type as t
                where
                    t.company_id = c.company_id
                    and t.company_type_name ilike r.pattern
            )
        )
);

-- Every ticket once; one that stands in both lists is what it was last.
create or replace temp table every_ticket as
select t.ticket_id, t.board_id, 'service' as kind
from staging.stg_connectwise__service_ticket as t
where not exists (
    select 1 from staging.stg_connectwise__project_ticket as p
    where
        p.ticket_id = t.ticket_id
        and coalesce(p.updated_at >= t.updated_at, t.updated_at is null)
)
union all
select t.ticket_id, t.board_id, 'project'
from staging.stg_connectwise__project_ticket as t
where not exists (
    select 1 from staging.stg_connectwise__service_ticket as s
    where s.ticket_id = t.ticket_id and s.updated_at > t.updated_at
);

-- Service tickets of clients on boards that count, merged ones and children included,
-- with the days they count on.
create or replace temp table counted_or_else as
with dated as (
    select
        t.*,
        case
            when happened(t.entered_at) then t.entered_at
            when happened(t.sla_clock_started_at) then t.sla_clock_started_at
            else t.updated_at
        end as began_at
    from staging.stg_connectwise__service_ticket as t
    where t.ticket_id in (select ticket_id from every_ticket where kind = 'service')
),

ended as (
    select
        *,
        case
            when not is_closed then null
            when happened(closed_at) and closed_at >= began_at then closed_at
            when happened(resolved_at) and resolved_at >= began_at then resolved_at
            when happened(updated_at) and updated_at >= began_at then updated_at
            else began_at
        end as ended_at
    from dated
)

select
    e.*,
    local_day(e.began_at) as opened_day,
    local_day(e.ended_at) as closed_day,
    coalesce(c.company_name, e.company_name) as company,
    coalesce(b.board_name, e.board_name) as board,
    b.board_class
from ended as e
left join board_classes as b on e.board_id = b.board_id
left join staging.stg_connectwise__company as c on e.company_id = c.company_id
where
    coalesce(e.company_id not in (select company_id from own_companies), true)
    and coalesce(b.board_class, 'unmapped') not in ('internal', 'sales');

-- What came in: bundles count once, merged tickets too.
create or replace temp table received_tickets as
select * from counted_or_else where parent_ticket_id is null;

-- What service figures count.
create or replace temp table counted_tickets as
select * from received_tickets where merged_parent_ticket_id is null;

-- Time on each ticket, by who entered it.
create or replace temp table time_on_tickets as
select
    coalesce(
        e.ticket_id,
        case
            when e.charge_to_type in ('ServiceTicket', 'ProjectTicket')
                then e.charge_to_id
        end
    ) as ticket_id,
    e.time_entry_id,
    e.member_id,
    e.started_at,
    e.ended_at,
    coalesce(e.actual_hours, 0) as hours,
    local_day(coalesce(e.started_at, e.entered_at)) as work_day
from staging.stg_connectwise__time_entry as e;

-- Tickets closed, with the time on them.
create or replace temp table closed_with_work as
select
    t.*,
    coalesce(w.entries, 0) as entries,
    coalesce(w.members, 0) as members,
    coalesce(w.hours, 0) as hours
from counted_tickets as t
left join (
    select
        ticket_id,
        count(*) as entries,
        count(distinct member_id) as members,
        sum(hours) as hours
    from time_on_tickets group by ticket_id
) as w on t.ticket_id = w.ticket_id
where t.is_closed;

-- Every month from 2015 on, with its last day, or the last day known.
create or replace temp table months_known as
select
    month,
    case
        when next_month - 1 > as_of_day() then as_of_day() else next_month - 1
    end as last_day
from (
    select
        cast(date '2015-01-01' + to_months(number) as date) as month,
        cast(date '2015-01-01' + to_months(number + 1) as date) as next_month
    from (select cast(unnest(range(0, 240)) as integer) as number)
)
where month <= as_of_day();

-- Tickets open at the end of the month, or of the last day known.
create or replace temp table open_at_month_ends as
select
    m.month,
    m.last_day,
    t.*,
    cast(m.last_day - t.opened_day as integer) as age
from months_known as m
join counted_tickets as t
    on t.opened_day <= m.last_day
    and (t.closed_day is null or t.closed_day > m.last_day);

-- What the change log tells of each ticket, entry by entry, until its close.
create or replace temp table logged_states as
with told as (
    select
        c.ticket_id,
        c.ticket_changelog_id,
        case when c.updated_at < t.began_at then t.began_at else c.updated_at end
            as moment,
        coalesce(
            (
                select s.is_closed_status
                from staging.stg_connectwise__board_status as s
                where s.board_id = c.board_id and s.status_name = c.status_name
                order by s.status_id limit 1
            ),
            c.is_closed
        ) as is_closed,
        c.status_name,
        (
            select r.tier from staging.tier_by_team as r
            where lower(c.team_name) like lower(r.team_pattern)
            order by r.rule_order limit 1
        ) as tier
    from staging.stg_connectwise__service_ticket_changelog as c
    join counted_or_else as t on c.ticket_id = t.ticket_id
    where c.updated_at < coalesce(
        t.ended_at, (select timezone('UTC', as_of) from meta.as_of)
    )
    qualify
        row_number() over (
            partition by c.ticket_id, moment order by c.ticket_changelog_id desc
        ) = 1
),

followed as (
    select
        *,
        lag(is_closed) over w as was_closed,
        lag(moment) over w as since,
        lag(tier) over w as tier_before
    from told
    window w as (partition by ticket_id order by moment)
)

select * from followed;
