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
        company_id,
        currency_code,
        month_start_date,
        period,
        movement_kind,
        -- flags
        currency_code = coalesce(home.home_currency_code, 'unknown')
            as is_home_currency,
        -- measures
        cast(amount as decimal(19, 4)) as amount,
        -- The cohort's losses, for gross retention.
        case
            when movement_kind in ('contraction', 'price decrease', 'churned')
                then cast(-amount as decimal(19, 4))
        end as lost_amount
    from measured
    cross join {{ ref('int_core__home_currency') }} as home
    where amount <> 0

)

select * from final
