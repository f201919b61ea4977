with source as (

    select * from {{ source('connectwise_raw', 'opportunity_statuses') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as opportunity_status_id,
        -- names
        {{ clean_text('name') }} as opportunity_status_name,
        {{ clean_text('entered_by') }} as entered_by_identifier,
        -- timestamps
        {{ utc_timestamp('date_entered') }} as entered_at,
        -- flags
        {{ flag('won_flag') }} as is_won,
        {{ flag('lost_flag') }} as is_lost,
        {{ flag('closed_flag') }} as is_closed_status,
        {{ flag('default_flag') }} as is_default,
        {{ flag('inactive_flag') }} as is_inactive,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('opportunity_statuses') }}

)

select * from renamed
