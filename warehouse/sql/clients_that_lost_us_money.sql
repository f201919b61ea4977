-- Which clients lost us money last quarter, and why?
-- One row per client whose work cost more than it brought in the last quarter that has
-- ended, be it today; the worst first. Beside it stand the quarter before, and the cost
-- that weighs most. Clients that pay in another currency than the MSP's own, and the
-- MSP itself, are left out.
with clock as (

    select
        date_trunc(
            'quarter', cast(timezone(reporting_time_zone, as_of) as date) + 1
        ) as next_quarter_date
    from meta.as_of

),

quarters as (

    select
        months.company_id,
        months.month_start_date >= clock.next_quarter_date - interval 3 months
            as is_last_quarter,
        sum(months.revenue_amount) as revenue_amount,
        sum(months.labour_actual_hours) as hours,
        sum(months.labour_cost_amount) as labour_amount,
        sum(months.additions_cost_amount) as additions_amount,
        sum(months.product_cost_amount) as products_amount,
        sum(months.expense_cost_amount) as expenses_amount,
        sum(months.contribution_amount) as contribution_amount
    from marts.fct_company_month as months
    cross join clock
    where
        months.is_money_population
        and months.month_start_date < clock.next_quarter_date
        and months.month_start_date >= clock.next_quarter_date - interval 6 months
    group by all

)

select
    companies.company_name,
    this.contribution_amount,
    before.contribution_amount as contribution_before_amount,
    this.revenue_amount,
    this.labour_amount,
    before.labour_amount as labour_before_amount,
    this.hours,
    case
        when this.revenue_amount <= 0 then 'worked for, and not billed'
        when this.labour_amount > this.revenue_amount
            then 'labour of ' || printf('%.0f', 100 * this.labour_amount
                / this.revenue_amount) || ' % of revenue'
        when this.additions_amount + this.products_amount >= this.labour_amount
            then 'what was bought for it costs '
                || printf('%.0f', 100 * (this.additions_amount + this.products_amount)
                    / this.revenue_amount) || ' % of revenue'
        else 'labour and other cost together'
    end as why
from quarters as this
left join quarters as before
    on this.company_id = before.company_id and not before.is_last_quarter
left join marts.dim_company as companies on this.company_id = companies.company_id
where this.is_last_quarter and this.contribution_amount < 0
order by this.contribution_amount;
