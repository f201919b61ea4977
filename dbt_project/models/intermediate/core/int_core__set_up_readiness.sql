with members as (

    select *
    from {{ ref('dim_member') }}
    where not is_inactive and not is_api_member and not is_inferred

),

companies as (

    select companies.*
    from {{ ref('dim_company') }} as companies
    semi join {{ ref('fct_ticket') }} as tickets
        on companies.company_id = tickets.company_id and tickets.is_service_population
    where not companies.is_inferred

),

projects as (

    select *
    from {{ ref('dim_project') }}
    where not is_closed and not is_inferred

),

statuses as (

    select *
    from {{ ref('dim_status') }}
    where not is_inactive and not is_inferred

),

configuration_types as (

    select * from {{ ref('dim_configuration_type') }} where not is_inactive

),

final as (

    {{ readiness('members_have_a_cost', 'members', 'is_cost_missing') }}
    union all
    {{ readiness('members_have_a_calendar', 'members', 'calendar_id is null') }}
    union all
    {{ readiness('companies_have_a_type', 'companies', 'company_type_names is null') }}
    union all
    {{ readiness('projects_have_a_budget', 'projects', 'budget_hours is null') }}
    union all
    {{ readiness('statuses_have_a_class', 'statuses', "status_class = 'unmapped'") }}
    union all
    {{ readiness(
        'configuration_types_have_a_class', 'configuration_types',
        "endpoint_class = 'unmapped'"
    ) }}
    union all
    {{ readiness('lists_are_granted', ref('dim_entity'), 'not is_granted') }}
    union all
    {{ readiness('lists_are_complete', ref('dim_entity'), 'is_incomplete') }}

)

select * from final
