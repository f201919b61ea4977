-- How far each opportunity came. Stages before the furthest one that it was ever seen
-- in count as passed, whether or not a snapshot saw it there.
with opportunities as (

    select * from {{ ref('fct_opportunity') }}

),

stages as (

    select * from {{ ref('dim_opportunity_stage') }}

),

stays as (

    select
        stays.*,
        stages.sequence_number
    from {{ ref('int_sales__stage_stays') }} as stays
    left join stages on stays.stage_id = stages.opportunity_stage_id

),

furthest as (

    select
        opportunity_id,
        max(sequence_number) as furthest_sequence_number
    from stays
    group by opportunity_id

),

seen as (

    select
        opportunity_id,
        stage_id,
        count(*) as stays_count,
        min(entered_date) as first_entered_date,
        max(left_date) as last_left_date,
        -- Known only when the beginning and the end of every stay are.
        case
            when count(entered_date) = count(*) and count(left_date) = count(*)
                then sum({{ dbt.datediff('entered_date', 'left_date', 'day') }})
        end as stage_days
    from stays
    group by opportunity_id, stage_id

),

reached as (

    select
        opportunity_id,
        stage_id
    from seen
    union
    select
        furthest.opportunity_id,
        stages.opportunity_stage_id
    from furthest
    inner join stages on stages.sequence_number < furthest.furthest_sequence_number

),

final as (

    select
        -- keys
        reached.opportunity_id,
        reached.stage_id,
        opportunities.company_id,
        opportunities.sales_rep_member_id,
        -- attributes
        stages.opportunity_stage_name as stage_name,
        stages.sequence_number,
        seen.first_entered_date,
        seen.last_left_date,
        opportunities.closed_date,
        -- flags
        opportunities.is_open,
        opportunities.is_won,
        seen.stage_id is null as is_passed_unseen,
        coalesce(
            opportunities.is_won
            or furthest.furthest_sequence_number > stages.sequence_number, false
        ) as is_gone_on,
        -- measures
        coalesce(seen.stays_count, 0) as stays_count,
        cast(seen.stage_days as bigint) as stage_days
    from reached
    inner join opportunities on reached.opportunity_id = opportunities.opportunity_id
    left join stages on reached.stage_id = stages.opportunity_stage_id
    left join furthest on reached.opportunity_id = furthest.opportunity_id
    left join seen
        on reached.opportunity_id = seen.opportunity_id
        and reached.stage_id = seen.stage_id

)

select * from final
