-- A second reading of staging for money, written apart from the marts.

create or replace temp macro money_today() as (
    select cast(timezone(reporting_time_zone, as_of) as date) from meta.as_of
);

create or replace temp macro money_day(moment) as cast(
    timezone((select reporting_time_zone from meta.as_of), timezone('UTC', moment))
    as date
);

create or replace temp table money_own as
select distinct c.company_id
from staging.stg_connectwise__company as c
inner join staging.internal_company as r
    on (r.match_on = 'identifier' and c.company_identifier ilike r.pattern)
    or (r.match_on = 'name' and c.company_name ilike r.pattern)
    or (
        r.match_on = 'type'
        and exists (
            select 1 from staging.stg_connectwise__company__type as t
            where t.company_id = c.company_id and t.company_type_name ilike r.pattern
        )
    );

create or replace temp macro money_home() as (
    select max(currency_code) from staging.stg_connectwise__company
    where company_id in (select company_id from money_own)
);

-- Clients that pay in the MSP's own currency.
create or replace temp table money_clients as
select company_id
from staging.stg_connectwise__company
where
    company_id not in (select company_id from money_own)
    and (currency_code is null or money_home() is null or currency_code = money_home());

-- The last months, each with the day on which it is looked at.
create or replace temp table money_months as
select
    cast(m as date) as month,
    case
        when last_day(m) > money_today() then money_today() else last_day(m)
    end as day
from (
    select unnest(generate_series(
        date_trunc('month', money_today()) - interval 24 months,
        date_trunc('month', money_today()), interval 1 month
    )) as m
);

-- Agreements of those clients, from their first day to before the day they are over.
create or replace temp table money_agreements as
select
    a.*,
    coalesce(a.start_date, a.bill_start_date) as begins,
    case
        when
            a.is_cancelled and not a.is_open_ended
            and coalesce(a.end_date + 1 < a.cancelled_date, false)
            then a.end_date + 1
        when a.is_cancelled then coalesce(a.cancelled_date, a.end_date + 1)
        when not a.is_open_ended then a.end_date + 1
    end as is_over,
    case c.billing_cycle_length
        when 'Quarterly' then 3 when 'Yearly' then 12 when 'Monthly' then 1
    end as months
from staging.stg_connectwise__agreement as a
left join staging.stg_connectwise__billing_cycle as c using (billing_cycle_id)
where
    a.company_id in (select company_id from money_clients)
    and (
        a.currency_code is null or money_home() is null
        or a.currency_code = money_home()
    );

-- What recurs at the end of each month: fees, and additions with their units.
create or replace temp table money_recurring as
select
    m.month, a.company_id, a.agreement_id, 'fee ' || a.agreement_id as thing,
    1 as units, round(a.bill_amount / a.months, 2) as amount
from money_months as m, money_agreements as a
where
    a.months is not null and not a.is_one_time and a.begins <= m.day
    and (a.is_over is null or a.is_over > m.day) and a.bill_amount <> 0
union all
select
    m.month, a.company_id, a.agreement_id, 'product ' || x.product_id,
    x.quantity - coalesce(x.included_quantity, 0),
    round(x.extended_price_amount / a.months, 2)
from money_months as m, money_agreements as a
inner join staging.stg_connectwise__agreement_addition as x using (agreement_id)
where
    a.months is not null and not a.is_one_time and a.begins <= m.day
    and (a.is_over is null or a.is_over > m.day)
    and coalesce(x.bill_customer, 'Billable') = 'Billable'
    and x.effective_date <= m.day
    and (x.cancelled_date is null or x.cancelled_date > m.day);

-- By company and month: what recurs then, and what did one or twelve months before.
create or replace temp table money_retained as
select
    span.months_count,
    month,
    company_id,
    coalesce(sum(before), 0) as before,
    coalesce(sum(after), 0) as after,
    coalesce(sum(
        case when units_before > 0 and units_after > 0 then round(
            (after / units_after - before / units_before)
            * least(units_before, units_after), 2
        ) end
    ), 0) as repriced
from (
    select
        span.months_count, ends.month, company_id, thing,
        sum(amount) filter (where side = 'before') as before,
        sum(amount) filter (where side = 'after') as after,
        sum(units) filter (where side = 'before') as units_before,
        sum(units) filter (where side = 'after') as units_after
    from (values (1), (12)) as span (months_count)
    cross join money_months as ends
    inner join (
        select *, 'after' as side, 0 as shift from money_recurring
        union all
        select *, 'before', 1 from money_recurring
    ) as r on ends.month = r.month + to_months(r.shift * span.months_count)
    where exists (
        select 1 from money_months as b
        where ends.month = b.month + to_months(span.months_count)
    )
    group by all
) as span
group by all;

-- Billed lines of agreements by the month that they are for.
create or replace temp table money_earned as
select
    cast(date_trunc('month', i.invoice_date)
    + to_months(cast(k.k as integer)) as date) as month,
    a.company_id,
    a.agreement_id,
    round(i.agreement_amount * (k.k + 1) / n, 2)
    - round(i.agreement_amount * k.k / n, 2) as amount
from staging.stg_connectwise__invoice as i
inner join money_agreements as a using (agreement_id),
    lateral (select greatest(coalesce(a.months, 1), 1) as n) as spread,
    lateral (select unnest(range(n)) as k) as k
union all
select
    cast(date_trunc('month', i.invoice_date) as date), a.company_id, a.agreement_id,
    coalesce(i.subtotal_amount, 0) - coalesce(i.agreement_amount, 0)
    - coalesce(e.amount, 0) - coalesce(p.amount, 0) - coalesce(t.amount, 0)
from staging.stg_connectwise__invoice as i
inner join money_agreements as a using (agreement_id)
left join (
    select invoice_id, sum(invoiced_amount) as amount
    from staging.stg_connectwise__expense_entry
    where agreement_id is not null group by 1
) as e using (invoice_id)
left join (
    select invoice_id, sum(extended_price_amount) as amount
    from staging.stg_connectwise__product
    where agreement_id is not null and not is_cancelled group by 1
) as p using (invoice_id)
left join (
    select invoice_id, sum(invoiced_amount) as amount
    from staging.stg_connectwise__time_entry
    where agreement_id is not null group by 1
) as t using (invoice_id)
union all
select
    cast(date_trunc('month', i.invoice_date) as date), a.company_id, a.agreement_id,
    r.amount
from (
    select invoice_id, agreement_id, invoiced_amount as amount
    from staging.stg_connectwise__expense_entry
    union all
    select invoice_id, agreement_id, extended_price_amount
    from staging.stg_connectwise__product where not is_cancelled
    union all
    select invoice_id, agreement_id, invoiced_amount
    from staging.stg_connectwise__time_entry
) as r
inner join staging.stg_connectwise__invoice as i using (invoice_id)
inner join money_agreements as a on r.agreement_id = a.agreement_id;

-- Hours and cost of work by the day of the work; a cost that is not told falls back.
create or replace temp table money_work as
select
    t.time_entry_id, t.company_id, t.agreement_id, t.invoice_id, t.actual_hours,
    t.billed_hours, t.charge_to_type, t.work_type_name, t.work_type_id, t.charge_to_id,
    money_day(coalesce(t.started_at, t.entered_at)) as day,
    cast(t.actual_hours * cast(case
        when t.hourly_cost_amount > 0 then t.hourly_cost_amount
        when m.hourly_cost_amount > 0 and coalesce(w.cost_multiplier, 1) > 0
            then m.hourly_cost_amount * coalesce(w.cost_multiplier, 1)
    end as decimal(19, 4)) as decimal(19, 4)) as cost
from staging.stg_connectwise__time_entry as t
left join staging.stg_connectwise__member as m using (member_id)
left join staging.stg_connectwise__work_type as w on t.work_type_id = w.work_type_id;

-- Additions in force, by day: what each costs of its month.
create or replace temp table money_added as
select
    m.month, a.agreement_id, a.company_id,
    round(
        x.extended_cost_amount / a.months
        * count(*) / extract('day' from last_day(m.month)), 2
    ) as cost
from money_agreements as a
inner join staging.stg_connectwise__agreement_addition as x using (agreement_id)
cross join money_months as m
cross join lateral (
    select unnest(generate_series(m.month, last_day(m.month), interval 1 day)) as day
) as days
where
    days.day >= x.effective_date
    and (x.cancelled_date is null or days.day < x.cancelled_date)
    and (a.is_over is null or days.day < a.is_over)
    and a.months is not null and not a.is_one_time
group by m.month, a.agreement_id, a.company_id, x.addition_id, x.extended_cost_amount,
    a.months;

-- What agreements bring and cost, by month.
create or replace temp table money_agreement_months as
select
    month, agreement_id, company_id,
    sum(revenue) as revenue, sum(labour) as labour, sum(hours) as hours,
    sum(rounded) as rounded, sum(additions) as additions, sum(other) as other
from (
    select month, agreement_id, company_id, amount as revenue, 0 as labour, 0 as hours,
        0 as rounded, 0 as additions, 0 as other
    from money_earned
    union all
    select
        cast(date_trunc('month', w.day) as date), a.agreement_id, a.company_id, 0,
        coalesce(w.cost, 0), w.actual_hours,
        case when w.billed_hours > 0 then w.billed_hours else w.actual_hours end, 0, 0
    from money_work as w inner join money_agreements as a using (agreement_id)
    union all
    select month, agreement_id, company_id, 0, 0, 0, 0, cost, 0 from money_added
    union all
    select
        cast(date_trunc('month', e.expense_date) as date), a.agreement_id,
        a.company_id, 0, 0, 0, 0, 0, e.expense_amount
    from staging.stg_connectwise__expense_entry as e
    inner join money_agreements as a using (agreement_id)
    union all
    select
        cast(date_trunc('month', i.invoice_date) as date), a.agreement_id,
        a.company_id, 0, 0, 0, 0, 0, p.extended_cost_amount
    from staging.stg_connectwise__product as p
    inner join staging.stg_connectwise__invoice as i using (invoice_id)
    inner join money_agreements as a
        on coalesce(p.agreement_id, i.agreement_id) = a.agreement_id
    where not p.is_cancelled
) as all_of_it
where month <= money_today()
group by all;
