with source as (

    select * from {{ source('connectwise_raw', 'user_defined_fields') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as user_defined_field_id,
        cast(pod_id as bigint) as pod_id,
        -- names
        {{ clean_text('caption') }} as caption,
        {{ clean_text('screen_id') }} as screen_identifier,
        {{ clean_text('field_type_identifier') }} as field_type,
        {{ clean_text('entry_type_identifier') }} as entry_method,
        {{ clean_text('help_text') }} as help_text,
        -- timestamps
        {{ utc_timestamp('date_created') }} as created_at,
        -- flags
        {{ flag('required_flag') }} as is_required,
        {{ flag('display_on_screen_flag') }} as is_displayed_on_screen,
        {{ flag('read_only_flag') }} as is_read_only,
        {{ flag('list_view_flag') }} as is_in_list_view,
        -- counts
        cast(sequence_number as bigint) as sequence_number,
        cast(number_decimals as bigint) as decimals_count,
        -- bookkeeping
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('user_defined_fields') }}

)

select * from renamed
