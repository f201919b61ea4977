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
create or replace temp view board_classes as
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
create or replace temp view own_companies as
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
                where t.company_id = c.company_id and t.company_type_name ilike r.pattern
            )
        )
);

-- Service tickets that service figures count, with the days they count on.
create or replace temp view counted_tickets as
with dated as (
    select
        t.*,
        case
            when happened(t.entered_at) then t.entered_at
            when happened(t.sla_clock_started_at) then t.sla_clock_started_at
            else t.updated_at
        end as began_at
    from staging.stg_connectwise__service_ticket as t
    where not exists (
        select 1 from staging.stg_connectwise__project_ticket as p
        where p.ticket_id = t.ticket_id and p.updated_at >= t.updated_at
    )
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
    b.board_name as board,
    b.board_class
from ended as e
left join board_classes as b on e.board_id = b.board_id
where
    e.merged_parent_ticket_id is null
    and e.parent_ticket_id is null
    and e.company_id not in (select company_id from own_companies)
    and coalesce(b.board_class, 'unmapped') not in ('internal', 'sales');
