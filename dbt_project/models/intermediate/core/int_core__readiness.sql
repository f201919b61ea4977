with home as (

    select home_currency_code from {{ ref('int_core__home_currency') }}

),

tickets as not materialized (

    select * from {{ ref('fct_ticket') }} where is_service_population

),

entries as not materialized (

    select
        entries.*,
        work_types.cost_multiplier,
        case
            when
                coalesce(entries.currency_code, entries.home_currency_code)
                = entries.home_currency_code
                then entries.billable_value_amount
        end as home_value_amount
    from {{ ref('fct_time_entry') }} as entries
    left join {{ ref('stg_connectwise__work_type') }} as work_types
        on entries.work_type_id = work_types.work_type_id

),

agreements as (

    select
        agreements.*,
        case
            when
                coalesce(agreements.currency_code, home.home_currency_code)
                = home.home_currency_code
                then agreements.bill_amount
        end as home_bill_amount
    from {{ ref('dim_agreement') }} as agreements
    cross join home
    where not agreements.is_inferred

),

invoices as not materialized (

    select
        *,
        balance_amount <> 0 and due_date is null as is_due_date_missing
    from {{ ref('fct_invoice') }}

),

results as (

    {{ readiness('boards_have_a_class', 'tickets', "board_class = 'unmapped'") }}
    union all
    {{ readiness('tickets_have_an_sla', 'tickets', 'sla_id is null') }}
    union all
    {{ readiness('tickets_have_a_priority', 'tickets', 'priority_id is null') }}
    union all
    {{ readiness(
        'tickets_close_at_a_known_time', 'tickets', 'is_closed_at_estimated'
    ) }}
    union all
    {{ readiness(
        'time_has_a_cost', 'entries', 'is_cost_missing', 'home_value_amount'
    ) }}
    union all
    {{ readiness('time_has_a_work_type', 'entries', 'work_type_id is null') }}
    union all
    {{ readiness(
        'billable_time_has_a_rate', 'entries',
        'is_billable and standard_value_amount is null', 'home_value_amount'
    ) }}
    union all
    {{ readiness(
        'time_has_possible_hours', 'entries', 'has_doubtful_hours', 'home_value_amount'
    ) }}
    union all
    {{ readiness(
        'work_types_count_costs', 'entries', 'cost_multiplier = 0', 'home_value_amount'
    ) }}
    union all
    {{ readiness(
        'agreements_have_possible_dates', 'agreements', 'has_doubtful_dates',
        'home_bill_amount'
    ) }}
    union all
    {{ readiness('invoices_have_a_currency', 'invoices', 'currency_code is null') }}
    union all
    {{ readiness('invoices_have_a_due_date', 'invoices', 'is_due_date_missing') }}
    union all
    {{ readiness(
        'invoices_equal_their_records', ref('int_finance__reconciled_invoices'),
        'not is_reconciled', 'abs(home_difference_amount)'
    ) }}
    union all
    select * from {{ ref('int_core__set_up_readiness') }}

),

final as (

    select
        results.rule_name,
        results.checked_count,
        results.failed_count,
        {{ sum_or_zero('results.money') }} as money_at_stake_amount
    from results
    semi join {{ ref('readiness_rule') }} as rules
        on results.rule_name = rules.rule_name

)

select * from final
