with source as (

    select * from {{ source('connectwise_raw', 'holiday_lists') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as holiday_list_id,
        -- names
        {{ clean_text('name') }} as holiday_list_name,
        -- bookkeeping
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('holiday_lists') }}

)

select * from renamed
