with source as (

    select * from {{ source('connectwise_raw', 'project_team_members') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as project_team_member_id,
        cast(_parent_id as bigint) as project_id,
        cast(member__id as bigint) as member_id,
        cast(project_role__id as bigint) as project_role_id,
        cast(work_role__id as bigint) as work_role_id,
        -- names
        {{ clean_text('member__name') }} as member_name,
        {{ clean_text('project_role__identifier') }} as project_role_identifier,
        {{ clean_text('work_role__name') }} as work_role_name,
        -- days
        {{ recorded_date('start_date') }} as start_date,
        {{ recorded_date('end_date') }} as end_date,
        -- measures
        {{ decimal_4('hours') }} as planned_hours,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('project_team_members') }}

)

select * from renamed
