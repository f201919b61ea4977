with source as (

    select * from {{ source('connectwise_raw', 'tax_codes') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as tax_code_id,
        -- names
        {{ clean_text('identifier') }} as tax_code_identifier,
        {{ clean_text('description') }} as description,
        {{ clean_text('invoice_caption') }} as invoice_caption,
        {{ clean_text('country__name') }} as country_name,
        {{ clean_text('level_one_caption') }} as level_one_caption,
        {{ clean_text('level_one_rate_type') }} as level_one_rate_type,
        {{ clean_text('level_two_caption') }} as level_two_caption,
        {{ clean_text('level_two_rate_type') }} as level_two_rate_type,
        {{ clean_text('level_three_caption') }} as level_three_caption,
        {{ clean_text('level_three_rate_type') }} as level_three_rate_type,
        {{ clean_text('level_four_caption') }} as level_four_caption,
        {{ clean_text('level_four_rate_type') }} as level_four_rate_type,
        {{ clean_text('level_five_caption') }} as level_five_caption,
        {{ clean_text('level_five_rate_type') }} as level_five_rate_type,
        {{ clean_text('level_six_caption') }} as level_six_caption,
        {{ clean_text('level_six_rate_type') }} as level_six_rate_type,
        -- days
        {{ recorded_date('effective_date') }} as effective_date,
        {{ recorded_date('cancel_date') }} as cancelled_date,
        -- flags
        {{ flag('default_flag') }} as is_default,
        {{ flag('display_on_invoice_flag') }} as is_displayed_on_invoice,
        -- measures
        {{ decimal_4('level_one_rate') }} as level_one_rate,
        {{ decimal_4('level_two_rate') }} as level_two_rate,
        {{ decimal_4('level_three_rate') }} as level_three_rate,
        {{ decimal_4('level_four_rate') }} as level_four_rate,
        {{ decimal_4('level_five_rate') }} as level_five_rate,
        {{ decimal_4('level_six_rate') }} as level_six_rate,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('tax_codes') }}

)

select * from renamed
