with changes as (

    select
        *,
        -- Price moves only what goes on; who comes or leaves is new or churned whole.
        case
            when start_amount > 0 and end_amount > 0 then price_change_amount
            else 0
        end as price_amount
    from {{ ref('int_finance__mrr_changes') }}

),

kinds as (

    select *
    from (
        values ('start'), ('new'), ('expansion'), ('contraction'), ('price increase'),
            ('price decrease'), ('churned')
    ) as kinds (movement_kind)

),

measured as (

    select
        changes.*,
        kinds.movement_kind,
        case kinds.movement_kind
            when 'start' then changes.start_amount
            when 'new'
                then case when changes.start_amount = 0 then changes.end_amount end
            when 'churned'
                then case when changes.end_amount = 0 then -changes.start_amount end
            when 'price increase'
                then case when changes.price_amount > 0 then changes.price_amount end
            when 'price decrease'
                then case when changes.price_amount < 0 then changes.price_amount end
            when 'expansion'
                then case
                    when
                        changes.start_amount <> 0 and changes.end_amount <> 0
                        and changes.end_amount - changes.start_amount
                        > changes.price_amount
                        then changes.end_amount - changes.start_amount
                            - changes.price_amount
                end
            when 'contraction'
                then case
                    when
                        changes.start_amount <> 0 and changes.end_amount <> 0
                        and changes.end_amount - changes.start_amount
                        < changes.price_amount
                        then changes.end_amount - changes.start_amount
                            - changes.price_amount
                end
        end as amount
    from changes
    cross join kinds

),

final as (

    select
        -- keys
        measured.company_id,
        measured.currency_code,
        measured.month_start_date,
        measured.period,
        measured.movement_kind,
        -- attributes
        months.period_end_date,
        -- flags
        measured.currency_code = coalesce(home.home_currency_code, 'unknown')
            as is_home_currency,
        measured.currency_code = coalesce(home.home_currency_code, 'unknown')
        and not coalesce(companies.is_internal, false) as is_money_population,
        -- measures
        cast(measured.amount as decimal(19, 4)) as amount,
        -- The cohort's losses, for gross retention.
        case
            when
                measured.movement_kind in ('contraction', 'price decrease', 'churned')
                then cast(-measured.amount as decimal(19, 4))
        end as lost_amount
    from measured
    cross join {{ ref('int_core__home_currency') }} as home
    left join {{ ref('int_core__companies') }} as companies
        on measured.company_id = companies.company_id
    left join {{ ref('int_finance__months') }} as months
        on measured.month_start_date = months.month_start_date
    where measured.amount <> 0

)

select * from final
