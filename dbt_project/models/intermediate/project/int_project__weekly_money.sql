-- What a project cost and brought beside its hours, by week and to date. What happened
-- outside the project's weeks counts in the first or the last of them. Time that is not
-- invoiced stands in the week it was worked in, by the state it has today.
with weeks as (

    select * from {{ ref('int_project__weeks') }}

),

bounds as (

    select distinct
        project_id,
        first_week_date,
        last_week_date
    from weeks

),

events as (

    select
        project_id,
        work_date as event_date,
        0 as expense_cost_amount,
        0 as product_cost_amount,
        0 as invoiced_amount,
        case when billing_state = 'work in progress' then actual_hours end as wip_hours,
        case when billing_state = 'work in progress' then billable_value_amount end
            as wip_amount,
        case when billing_state = 'unapproved' then actual_hours end
            as unapproved_hours,
        case when billing_state = 'unapproved' then billable_value_amount end
            as unapproved_amount
    from {{ ref('fct_time_entry') }}
    where
        project_id is not null
        and not is_fixed_fee
        and billing_state in ('work in progress', 'unapproved')
    union all
    select project_id, expense_date, expense_amount, 0, 0, 0, 0, 0, 0
    from {{ ref('stg_connectwise__expense_entry') }}
    where project_id is not null
    union all
    select project_id, purchase_date, 0, extended_cost_amount, 0, 0, 0, 0, 0
    from {{ ref('stg_connectwise__product') }}
    where project_id is not null and not is_cancelled
    union all
    -- A down-payment is an invoice of its own, and is taken off a later one.
    select
        project_id,
        invoice_date,
        0,
        0,
        coalesce(subtotal_amount, 0) - coalesce(downpayment_applied_amount, 0),
        0, 0, 0, 0
    from {{ ref('stg_connectwise__invoice') }}
    where project_id is not null

),

placed as (

    select
        bounds.project_id,
        {{ clamp_week('events.event_date', 'bounds') }} as week_start_date,
        events.* exclude (project_id, event_date)
    from events
    inner join bounds on events.project_id = bounds.project_id

),

per_week as (

    select
        weeks.project_id,
        weeks.week_start_date,
        {% for measure in [
            'expense_cost_amount', 'product_cost_amount', 'invoiced_amount',
            'wip_hours', 'wip_amount', 'unapproved_hours', 'unapproved_amount'
        ] -%}
        {{ sum_or_zero('sum(placed.' ~ measure ~ ')') }} as {{ measure }}
        {{- ',' if not loop.last }}
        {% endfor %}
    from weeks
    left join placed
        on weeks.project_id = placed.project_id
        and weeks.week_start_date = placed.week_start_date
    group by weeks.project_id, weeks.week_start_date

),

final as (

    select
        project_id,
        week_start_date,
        sum(expense_cost_amount) over to_date as expense_cost_amount,
        sum(product_cost_amount) over to_date as product_cost_amount,
        sum(invoiced_amount) over to_date as invoiced_amount,
        sum(wip_hours) over to_date as wip_hours,
        sum(wip_amount) over to_date as wip_amount,
        sum(unapproved_hours) over to_date as unapproved_hours,
        sum(unapproved_amount) over to_date as unapproved_amount
    from per_week
    window to_date as (partition by project_id order by week_start_date)

)

select * from final
