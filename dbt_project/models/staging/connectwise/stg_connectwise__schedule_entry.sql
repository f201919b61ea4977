with source as (

    select * from {{ source('connectwise_raw', 'schedule_entries') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as schedule_entry_id,
        cast(object_id as bigint) as object_id,
        cast(member__id as bigint) as member_id,
        cast(type__id as bigint) as schedule_type_id,
        cast(status__id as bigint) as schedule_status_id,
        cast(where__id as bigint) as service_location_id,
        -- names
        {{ clean_text('name') }} as schedule_entry_name,
        {{ clean_text('type__identifier') }} as schedule_type_identifier,
        {{ clean_text('status__name') }} as schedule_status_name,
        {{ clean_text('where__name') }} as service_location_name,
        {{ clean_text('member__name') }} as member_name,
        -- timestamps
        {{ utc_timestamp('date_start') }} as starts_at,
        {{ utc_timestamp('date_end') }} as ends_at,
        {{ utc_timestamp('close_date') }} as closed_at,
        {{ utc_timestamp('acknowledged_date') }} as acknowledged_at,
        -- flags
        {{ flag('done_flag') }} as is_done,
        {{ flag('acknowledged_flag') }} as is_acknowledged,
        {{ flag('owner_flag') }} as is_owner,
        -- measures
        {{ decimal_4('hours') }} as scheduled_hours,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('schedule_entries') }}

)

select * from renamed
