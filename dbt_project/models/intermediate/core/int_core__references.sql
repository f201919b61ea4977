{{ config(materialized='table') }}

-- Everything that other records point at, with the name they carry: what a deleted
-- or ungranted record still is known by.
with mentions as (

    select 'company' as kind, company_id as id, company_name as name
    from {{ ref('int_service__tickets_united') }}
    union all
    select 'company', company_id, company_name
    from {{ ref('stg_connectwise__time_entry') }}
    union all
    select 'company', company_id, company_name
    from {{ ref('stg_connectwise__project') }}
    union all
    select 'company', company_id, company_name
    from {{ ref('stg_connectwise__agreement') }}
    union all
    select 'company', company_id, company_name
    from {{ ref('stg_connectwise__invoice') }}
    union all
    select 'member', member_id, member_name
    from {{ ref('stg_connectwise__time_entry') }}
    union all
    select 'member', owner_member_id, owner_name
    from {{ ref('int_service__tickets_united') }}
    union all
    select 'member', manager_member_id, manager_name
    from {{ ref('stg_connectwise__project') }}
    union all
    select 'member', member_id, member_name
    from {{ ref('stg_connectwise__schedule_entry') }}
    union all
    select 'board', board_id, board_name
    from {{ ref('int_service__tickets_united') }}
    union all
    select 'board', board_id, board_name
    from {{ ref('stg_connectwise__project') }}
    union all
    select 'project', project_id, project_name
    from {{ ref('int_service__tickets_united') }}
    union all
    select 'project', project_id, project_name
    from {{ ref('stg_connectwise__time_entry') }}
    union all
    select 'project', project_id, project_name
    from {{ ref('stg_connectwise__invoice') }}
    union all
    select 'agreement', agreement_id, agreement_name
    from {{ ref('stg_connectwise__time_entry') }}
    union all
    select 'agreement', agreement_id, agreement_name
    from {{ ref('stg_connectwise__invoice') }}
    union all
    select 'agreement', agreement_id, null
    from {{ ref('int_service__tickets_united') }}

),

final as (

    select
        kind,
        id,
        max(name) as name
    from mentions
    where id is not null
    group by kind, id

)

select * from final
