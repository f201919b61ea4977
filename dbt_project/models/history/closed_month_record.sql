{{ config(meta={'period': 'version'}) }}

with present as (

    select * from {{ ref('int_core__closed_month_records') }}

),

-- What was known last of each record; nothing before the first build.
known as (

    {% if is_incremental() %}
    select
        figure_name,
        period_month,
        record_id,
        amount
    from {{ this }}
    where period_month >= {{ first_closed_month() }}
    qualify
        row_number() over (
            partition by figure_name, period_month, record_id order by seen_at desc
        ) = 1
    {% else %}
    select * from present where false
    {% endif %}

),

final as (

    select
        {{ as_of_at() }} as seen_at,
        coalesce(present.figure_name, known.figure_name) as figure_name,
        coalesce(present.period_month, known.period_month) as period_month,
        coalesce(present.record_id, known.record_id) as record_id,
        cast(coalesce(present.amount, 0) as decimal(19, 4)) as amount
    from present
    full outer join known
        on
            present.figure_name = known.figure_name
            and present.period_month = known.period_month
            and present.record_id = known.record_id
    where
        known.record_id is null
        or coalesce(present.amount, 0) <> known.amount

)

select * from final
