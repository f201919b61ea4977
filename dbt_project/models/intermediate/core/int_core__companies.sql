with companies as (

    select * from {{ ref('stg_connectwise__company') }}

),

types as (

    select
        company_id,
        string_agg(company_type_name, ', ' order by position) as company_type_names
    from {{ ref('stg_connectwise__company__type') }}
    group by company_id

),

internal_rules as (

    select * from {{ ref('internal_company') }}

),

-- Deleted or ungranted companies that other records still point at.
inferred as (

    select
        known.id as company_id,
        known.name as company_name
    from {{ ref('int_core__references') }} as known
    anti join companies on known.id = companies.company_id
    where known.kind = 'company'

),

united as (

    select
        *,
        false as is_inferred
    from companies
    union all by name
    select
        *,
        true as is_inferred
    from inferred

),

internal_ids as (

    select distinct united.company_id
    from united
    left join types on united.company_id = types.company_id
    inner join internal_rules
        on case internal_rules.match_on
            when 'identifier' then united.company_identifier
            when 'name' then united.company_name
            when 'type' then types.company_type_names
        end ilike internal_rules.pattern

),

final as (

    select
        united.*,
        types.company_type_names,
        internal_ids.company_id is not null as is_internal
    from united
    left join types on united.company_id = types.company_id
    left join internal_ids on united.company_id = internal_ids.company_id

)

select * from final
