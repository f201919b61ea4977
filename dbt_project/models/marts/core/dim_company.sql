with companies as (

    select * from {{ ref('int_core__companies') }}

),

final as (

    select
        -- keys
        company_id,
        parent_company_id,
        territory_manager_member_id,
        calendar_id,
        -- attributes
        company_identifier,
        company_name,
        status_name,
        company_type_names,
        territory_name,
        market_name,
        city,
        state,
        country_name,
        currency_code,
        employees_count,
        acquired_date,
        deleted_at,
        entered_at,
        -- flags
        is_internal,
        coalesce(is_vendor, false) as is_vendor,
        coalesce(is_lead, false) as is_lead,
        coalesce(is_deleted, false) as is_deleted,
        is_inferred,
        -- bookkeeping
        updated_at,
        synced_at
    from companies

)

select * from final
