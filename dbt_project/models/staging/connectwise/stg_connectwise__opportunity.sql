with source as (

    select * from {{ source('connectwise_raw', 'opportunities') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as opportunity_id,
        cast(company__id as bigint) as company_id,
        cast(contact__id as bigint) as contact_id,
        cast(type__id as bigint) as opportunity_type_id,
        cast(stage__id as bigint) as stage_id,
        cast(status__id as bigint) as status_id,
        cast(probability__id as bigint) as sales_probability_id,
        cast(primary_sales_rep__id as bigint) as sales_rep_member_id,
        -- names
        {{ clean_text('name') }} as opportunity_name,
        {{ clean_text('company__name') }} as company_name,
        {{ clean_text('type__name') }} as opportunity_type_name,
        {{ clean_text('stage__name') }} as stage_name,
        {{ clean_text('status__name') }} as status_name,
        {{ clean_text('probability__name') }} as probability_name,
        {{ clean_text('rating__name') }} as rating_name,
        {{ clean_text('source') }} as source_name,
        {{ clean_text('primary_sales_rep__name') }} as sales_rep_name,
        {{ clean_text('currency__currency_code') }} as currency_code,
        -- days
        {{ recorded_date('expected_close_date') }} as expected_close_date,
        -- timestamps
        {{ utc_timestamp('date_became_lead') }} as became_lead_at,
        {{ utc_timestamp('pipeline_change_date') }} as pipeline_changed_at,
        {{ utc_timestamp('closed_date') }} as closed_at,
        {{ utc_timestamp('_info__date_entered') }} as entered_at,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('opportunities') }}

)

select * from renamed
