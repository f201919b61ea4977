with source as (

    select * from {{ source('connectwise_raw', 'charge_codes') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as charge_code_id,
        cast(company__id as bigint) as company_id,
        cast(location__id as bigint) as location_id,
        cast(department__id as bigint) as department_id,
        cast(work_type__id as bigint) as work_type_id,
        cast(work_role__id as bigint) as work_role_id,
        -- names
        {{ clean_text('name') }} as charge_code_name,
        {{ clean_text('company__name') }} as company_name,
        {{ clean_text('bill_time') }} as bill_time,
        {{ clean_text('work_type__name') }} as work_type_name,
        {{ clean_text('work_role__name') }} as work_role_name,
        -- flags
        {{ flag('time_entry_flag') }} as is_for_time,
        {{ flag('expense_entry_flag') }} as is_for_expenses,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('charge_codes') }}

)

select * from renamed
