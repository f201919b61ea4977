with source as (

    select * from {{ source('connectwise_raw', 'agreement_work_types') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as agreement_work_type_id,
        cast(_parent_id as bigint) as agreement_id,
        cast(work_type__id as bigint) as work_type_id,
        cast(company__id as bigint) as company_id,
        cast(site__id as bigint) as site_id,
        cast(location__id as bigint) as location_id,
        -- names
        {{ clean_text('work_type__name') }} as work_type_name,
        {{ clean_text('location__name') }} as location_name,
        {{ clean_text('bill_time') }} as bill_time,
        {{ clean_text('rate_type') }} as rate_type,
        {{ clean_text('overage_rate_type') }} as overage_rate_type,
        -- days
        {{ recorded_date('effective_date') }} as effective_date,
        {{ recorded_date('ending_date') }} as ending_date,
        -- measures
        {{ decimal_4('rate') }} as rate,
        {{ decimal_4('overage_rate') }} as overage_rate,
        {{ decimal_4('agreement_limit') }} as agreement_limit,
        {{ decimal_4('hours_min') }} as minimum_hours,
        {{ decimal_4('hours_max') }} as maximum_hours,
        {{ decimal_4('round_bill_hours') }} as round_bill_to_hours,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('agreement_work_types') }}

)

select * from renamed
