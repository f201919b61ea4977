with records as not materialized (

    select * from {{ ref('closed_month_record') }}

),

-- What was seen when the month had closed is its figure; all that came later moved it.
firsts as (

    select
        figure_name,
        period_month,
        min(seen_at) as first_seen_at
    from records
    group by figure_name, period_month

),

later as (

    select records.*
    from records
    inner join firsts
        on
            records.figure_name = firsts.figure_name
            and records.period_month = firsts.period_month
    where records.seen_at > firsts.first_seen_at

),

moved as (

    select
        later.figure_name,
        later.period_month,
        later.seen_at,
        later.record_id,
        later.amount as after_amount,
        coalesce(before.amount, 0) as before_amount
    from later
    left join records as before
        on
            later.figure_name = before.figure_name
            and later.period_month = before.period_month
            and later.record_id = before.record_id
            and later.seen_at > before.seen_at
    qualify
        row_number() over (
            partition by
                later.figure_name, later.period_month, later.record_id, later.seen_at
            order by before.seen_at desc
        ) = 1

),

changes as (

    select
        figure_name,
        period_month,
        seen_at,
        sum(after_amount - before_amount) as change_value,
        count(*) filter (where before_amount = 0) as records_added_count,
        count(*) filter (where after_amount = 0) as records_removed_count,
        count(*) as records_count,
        {{ first_of_list('record_id', 'abs(after_amount - before_amount) desc', 20) }}
            as record_ids
    from moved
    group by figure_name, period_month, seen_at

),

totals as (

    select
        firsts.figure_name,
        firsts.period_month,
        sum(records.amount) as first_value
    from firsts
    inner join records
        on
            firsts.figure_name = records.figure_name
            and firsts.period_month = records.period_month
            and firsts.first_seen_at = records.seen_at
    semi join changes
        on
            firsts.figure_name = changes.figure_name
            and firsts.period_month = changes.period_month
    group by firsts.figure_name, firsts.period_month

),

final as (

    select
        -- keys
        changes.figure_name
        || '/' || cast(changes.period_month as varchar)
        || '/' || cast(changes.seen_at as varchar) as restatement_key,
        changes.figure_name,
        changes.period_month,
        changes.seen_at as restated_at,
        {{ reporting_date('changes.seen_at') }} as restated_date,
        -- measures
        cast(totals.first_value + sum(changes.change_value) over so_far
            - changes.change_value as decimal(19, 4)) as value_before,
        cast(totals.first_value + sum(changes.change_value) over so_far
            as decimal(19, 4)) as value_after,
        cast(changes.change_value as decimal(19, 4)) as change_value,
        changes.records_count,
        changes.records_added_count,
        changes.records_removed_count,
        changes.records_count - changes.records_added_count
        - changes.records_removed_count as records_changed_count,
        changes.record_ids
    from changes
    inner join totals
        on
            changes.figure_name = totals.figure_name
            and changes.period_month = totals.period_month
    window so_far as (
        partition by changes.figure_name, changes.period_month
        order by changes.seen_at
    )

)

select * from final
