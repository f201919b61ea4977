-- Every rule of the seed against every project's latest figures. The worst level wins
-- and keeps its reason; a milder rule never hides a worse one.
with figures as (

    select * from {{ ref('int_project__latest') }}

),

measured as (

    select
        figures.project_id,
        figures.is_closed,
        rules.*,
        case rules.rule
            when 'cost' then cast(figures.cost_performance_index as double)
            when 'schedule' then cast(figures.schedule_performance_index as double)
            when 'budget' then cast(figures.budget_burn_pct as double)
            when 'late' then cast(figures.late_days as double)
            when 'stalled' then cast(figures.idle_weekdays as double)
            when 'unestimated' then cast(figures.unestimated_hours_pct as double)
        end as value
    from figures
    cross join {{ ref('project_health_rule') }} as rules

),

levelled as (

    select
        *,
        case
            when value is null or (is_closed and not applies_when_closed) then null
            when direction = 'above' and value >= red_from then 2
            when direction = 'below' and value <= red_from then 2
            when direction = 'above' and value >= amber_from then 1
            when direction = 'below' and value <= amber_from then 1
            else 0
        end as level
    from measured

),

worded as (

    select
        *,
        regexp_replace(
            replace(
                sentence, '{value}', regexp_replace(printf('%.2f', value), '\.?0+$', '')
            ), '^1 days', '1 day'
        ) as reason
    from levelled

),

final as (

    select
        project_id,
        max(level) as health_level,
        string_agg(reason, '; ' order by level desc, rule_order)
            filter (where level > 0) as health_reasons,
        first(reason order by level desc, rule_order) filter (where level > 0)
            as health_reason,
        first(rule order by level desc, rule_order) filter (where level > 0)
            as health_rule
    from worded
    group by project_id

)

select * from final
