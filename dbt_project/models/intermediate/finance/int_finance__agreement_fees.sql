-- The fee of an agreement as it was: the API only tells that of today.
with snapshots as (

    select
        agreement_id,
        snapshot_date,
        cast({{ dbt.date_trunc('month', 'snapshot_date') }} as date)
            as month_start_date,
        bill_amount
    from {{ ref('agreement_daily') }}

),

final as (

    select
        agreement_id,
        month_start_date,
        bill_amount
    from snapshots
    qualify
        row_number() over (
            partition by agreement_id, month_start_date order by snapshot_date desc
        ) = 1

)

select * from final
