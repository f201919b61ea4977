with source as (

    select * from {{ source('connectwise_raw', 'opportunity_stages') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as opportunity_stage_id,
        cast(probability__id as bigint) as sales_probability_id,
        -- names
        {{ clean_text('name') }} as opportunity_stage_name,
        {{ clean_text('probability__name') }} as probability_name,
        -- counts
        cast(sequence_number as bigint) as sequence_number,
        -- bookkeeping
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('opportunity_stages') }}

)

select * from renamed
