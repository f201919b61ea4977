with source as (

    select * from {{ source('connectwise_raw', 'billing_terms') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as billing_terms_id,
        -- names
        {{ clean_text('name') }} as billing_terms_name,
        -- flags
        {{ flag('default_flag') }} as is_default,
        -- counts
        cast(due_days as bigint) as due_days_count,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('billing_terms') }}

)

select * from renamed
