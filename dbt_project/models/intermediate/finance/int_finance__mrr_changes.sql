{{ config(materialized='table') }}

-- Each company's recurring revenue at the end of a month beside that of one month or
-- twelve months before, and how much of the change is price: the same thing at another
-- price, for the units that were there at both ends.
with lines as (

    select * from {{ ref('int_finance__mrr_lines') }}

),

periods as (

    select *
    from (values ('month', 1), ('12 months', 12)) as periods (period, months_count)

),

months as (

    select month_start_date from {{ ref('int_finance__months') }}

),

ends as (

    select
        lines.*,
        periods.period,
        lines.month_start_date as end_month_date,
        true as is_end
    from lines
    cross join periods
    union all by name
    select
        lines.*,
        periods.period,
        cast({{ dbt.dateadd(
            'month', 'periods.months_count', 'lines.month_start_date'
        ) }} as date) as end_month_date,
        false as is_end
    from lines
    cross join periods

),

pairs as (

    select
        company_id,
        currency_code,
        period,
        end_month_date,
        line_name,
        coalesce(sum(case when not is_end then mrr_amount end), 0) as start_amount,
        coalesce(sum(case when is_end then mrr_amount end), 0) as end_amount,
        sum(case when not is_end then units end) as start_units,
        sum(case when is_end then units end) as end_units
    from ends
    group by 1, 2, 3, 4, 5

),

priced as (

    select
        *,
        case
            when start_units > 0 and end_units > 0
                then round(
                    (end_amount / end_units - start_amount / start_units)
                    * case
                        when end_units < start_units then end_units else start_units
                    end, 2
                )
            else 0
        end as price_change_amount
    from pairs

),

final as (

    select
        priced.company_id,
        priced.currency_code,
        priced.period,
        priced.end_month_date as month_start_date,
        cast(sum(priced.start_amount) as decimal(19, 4)) as start_amount,
        cast(sum(priced.end_amount) as decimal(19, 4)) as end_amount,
        cast(sum(priced.price_change_amount) as decimal(19, 4)) as price_change_amount
    from priced
    inner join periods on priced.period = periods.period
    -- Before the first month nothing is known, so nothing can be new.
    inner join months on priced.end_month_date = months.month_start_date
    inner join months as starts
        on months.month_start_date = {{ dbt.dateadd(
            'month', 'periods.months_count', 'starts.month_start_date'
        ) }}
    group by 1, 2, 3, 4

)

select * from final
