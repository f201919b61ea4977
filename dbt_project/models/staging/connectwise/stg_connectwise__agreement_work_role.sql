with source as (

    select * from {{ source('connectwise_raw', 'agreement_work_roles') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as agreement_work_role_id,
        cast(_parent_id as bigint) as agreement_id,
        cast(work_role__id as bigint) as work_role_id,
        cast(location__id as bigint) as location_id,
        -- names
        {{ clean_text('work_role__name') }} as work_role_name,
        {{ clean_text('location__name') }} as location_name,
        {{ clean_text('rate_type') }} as rate_type,
        -- days
        {{ recorded_date('effective_date') }} as effective_date,
        {{ recorded_date('ending_date') }} as ending_date,
        -- measures
        {{ decimal_4('rate') }} as rate,
        {{ decimal_4('limit_to') }} as limit_to_hours,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('agreement_work_roles') }}

)

select * from renamed
