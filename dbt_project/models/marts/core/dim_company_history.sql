with versions as (

    select * from {{ ref('company_versions') }}

),

final as (

    select
        -- keys
        version_id as company_version_id,
        company_id,
        -- attributes
        company_identifier,
        company_name,
        parent_company_id,
        status_name,
        territory_name,
        market_name,
        territory_manager_member_id,
        calendar_id,
        currency_code,
        is_vendor,
        is_lead,
        is_deleted,
        -- validity
        valid_from,
        valid_to,
        {{ effective_from('company_id') }} as effective_from,
        valid_to is null as is_current
    from versions
    -- What began and ended between two looks at one clock never held.
    where valid_to is null or valid_to > valid_from

)

select * from final
