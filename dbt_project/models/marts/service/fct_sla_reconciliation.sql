-- Three verdicts on a ticket with an SLA, and why they differ: ConnectWise's flag, its
-- own minutes against the targets, and our clock over the status history.
with tickets as (

    select
        *,
        coalesce(is_response_sla_met_recomputed, true)
        and coalesce(is_plan_sla_met_recomputed, true)
        and coalesce(is_resolution_sla_met_recomputed, true) as is_in_sla_recomputed,
        -- The first stage on which minutes and our clock come to different verdicts.
        case
            when is_response_sla_met <> is_response_sla_met_recomputed then 'response'
            when is_plan_sla_met <> is_plan_sla_met_recomputed then 'plan'
            when is_resolution_sla_met <> is_resolution_sla_met_recomputed
                then 'resolution'
        end as differing_stage
    from {{ ref('fct_ticket') }}
    where has_sla and ticket_kind = 'service'

),

compared as (

    select
        *,
        is_in_sla_as_recorded <> is_in_sla_by_minutes as is_flag_gap,
        differing_stage is not null as is_recount_gap,
        case differing_stage
            when 'response' then respond_recomputed_minutes - respond_counted_minutes
            when 'plan' then plan_recomputed_minutes - plan_counted_minutes
            when 'resolution'
                then resolution_recomputed_minutes - resolution_counted_minutes
        end as recount_difference_minutes
    from tickets

),

final as (

    select
        -- keys
        ticket_id,
        company_id,
        board_id,
        priority_id,
        sla_id,
        -- attributes
        case
            when not is_flag_gap then null
            when is_in_sla_recomputed = is_in_sla_by_minutes then 'flag stands alone'
            else 'minutes stand alone'
        end as flag_cause_code,
        case
            when not is_recount_gap then null
            when recount_difference_minutes is null then 'milestone not seen'
            when sla_confidence = 'high' then 'clock differs'
            when differing_stage = 'response' then 'calendar differs'
            when recount_difference_minutes > 0 then 'pause not seen'
            else 'waiting placed otherwise'
        end as recount_cause_code,
        differing_stage,
        sla_confidence,
        -- days
        opened_date,
        closed_date,
        -- flags
        is_service_population,
        is_in_sla_as_recorded,
        is_in_sla_by_minutes,
        is_in_sla_recomputed,
        is_flag_gap,
        is_recount_gap,
        -- measures
        recount_difference_minutes
    from compared

)

select * from final
