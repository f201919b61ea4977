with source as (

    select * from {{ source('connectwise_raw', 'user_defined_fields__options') }}

),

renamed as (

    select
        -- ids
        cast(_parent_id as bigint) as user_defined_field_id,
        cast(_position as bigint) as position,
        cast(id as bigint) as option_id,
        -- names
        {{ clean_text('option_value') }} as option_value,
        -- flags
        {{ flag('default_flag') }} as is_default,
        {{ flag('inactive_flag') }} as is_inactive,
        -- counts
        cast(sort_order as bigint) as sort_order
    from source
    where {{ not_deleted('user_defined_fields', '_parent_id') }}

)

select * from renamed
