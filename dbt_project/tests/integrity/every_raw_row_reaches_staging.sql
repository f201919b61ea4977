{{ config(
    severity='error',
    meta={'dagster': {'ref': {'name': 'stg_connectwise__service_ticket'}}},
) }}

-- Rows in = rows out: every raw row that is not proven deleted stands in staging once.
{% set pairs = {
    'locations': 'location', 'departments': 'department', 'members': 'member',
    'user_defined_fields': 'user_defined_field',
    'company_statuses': 'company_status', 'company_types': 'company_type',
    'companies': 'company', 'company_type_associations': 'company_type_association',
    'company_teams': 'company_team', 'company_sites': 'company_site',
    'contacts': 'contact', 'configuration_types': 'configuration_type',
    'configuration_statuses': 'configuration_status',
    'configurations': 'configuration', 'boards': 'board',
    'board_statuses': 'board_status', 'board_types': 'board_type',
    'board_subtypes': 'board_subtype', 'board_items': 'board_item',
    'board_type_associations': 'board_type_association',
    'board_teams': 'board_team', 'service_teams': 'service_team',
    'service_locations': 'service_location', 'service_codes': 'service_code',
    'sources': 'source', 'priorities': 'priority', 'severities': 'severity',
    'impacts': 'impact', 'slas': 'sla', 'sla_priorities': 'sla_priority',
    'service_tickets': 'service_ticket',
    'service_ticket_notes': 'service_ticket_note',
    'service_ticket_tasks': 'service_ticket_task',
    'service_ticket_changelogs': 'service_ticket_changelog', 'surveys': 'survey',
    'survey_questions': 'survey_question', 'survey_results': 'survey_result',
    'project_statuses': 'project_status', 'project_types': 'project_type',
    'phase_statuses': 'phase_status', 'projects': 'project',
    'project_phases': 'project_phase', 'project_notes': 'project_note',
    'project_team_members': 'project_team_member',
    'project_contacts': 'project_contact', 'project_tickets': 'project_ticket',
    'project_ticket_notes': 'project_ticket_note',
    'project_ticket_tasks': 'project_ticket_task', 'work_types': 'work_type',
    'work_roles': 'work_role', 'charge_codes': 'charge_code',
    'time_sheets': 'time_sheet', 'time_entries': 'time_entry',
    'time_changelogs': 'time_changelog', 'currencies': 'currency',
    'tax_codes': 'tax_code', 'billing_terms': 'billing_term',
    'billing_cycles': 'billing_cycle', 'billing_statuses': 'billing_status',
    'agreement_types': 'agreement_type', 'agreements': 'agreement',
    'agreement_additions': 'agreement_addition',
    'agreement_adjustments': 'agreement_adjustment',
    'agreement_work_roles': 'agreement_work_role',
    'agreement_work_types': 'agreement_work_type', 'invoices': 'invoice',
    'invoice_payments': 'invoice_payment', 'holiday_lists': 'holiday_list',
    'holidays': 'holiday', 'calendars': 'calendar',
    'schedule_types': 'schedule_type', 'schedule_statuses': 'schedule_status',
    'schedule_entries': 'schedule_entry', 'opportunity_stages': 'opportunity_stage',
    'opportunity_statuses': 'opportunity_status',
    'opportunity_types': 'opportunity_type',
    'sales_probabilities': 'sales_probability', 'opportunities': 'opportunity',
    'opportunity_forecasts': 'opportunity_forecast',
    'opportunity_notes': 'opportunity_note', 'activity_types': 'activity_type',
    'activity_statuses': 'activity_status', 'activities': 'activity',
    'sales_order_statuses': 'sales_order_status', 'sales_orders': 'sales_order',
    'expense_types': 'expense_type', 'expense_reports': 'expense_report',
    'expense_entries': 'expense_entry', 'catalog_items': 'catalog_item',
    'products': 'product', 'purchase_orders': 'purchase_order',
    'purchase_order_lines': 'purchase_order_line'
} %}
{% set lists = {
    'companies__types': ('companies', 'company__type'),
    'configurations__questions': ('configurations', 'configuration__question'),
    'board_subtypes__type_association_ids': ('board_subtypes', 'board_subtype__type'),
    'board_teams__members': ('board_teams', 'board_team__member'),
    'survey_questions__options': ('survey_questions', 'survey_question__option'),
    'survey_results__results': ('survey_results', 'survey_result__answer'),
    'user_defined_fields__options':
        ('user_defined_fields', 'user_defined_field__option'),
    'opportunity_forecasts__forecast_items':
        ('opportunity_forecasts', 'opportunity_forecast__item'),
    'sales_orders__product_ids': ('sales_orders', 'sales_order__product'),
    'sales_orders__invoice_ids': ('sales_orders', 'sales_order__invoice'),
    'expense_entries__taxes': ('expense_entries', 'expense_entry__tax'),
    'products__serial_numbers': ('products', 'product__serial_number'),
    'purchase_order_lines__sales_order':
        ('purchase_order_lines', 'purchase_order_line__sales_order')
} %}

with gone as (

    select entity, id
    from {{ source('connectwise_raw', '_deletions') }}
    where restored_at is null

),

counted as (

    {% for entity, model in pairs.items() %}
    select
        '{{ entity }}' as raw_table,
        (
            select count(*)
            from {{ source('connectwise_raw', entity) }}
            where (id in (select id from gone where entity = '{{ entity }}')) is not true
        ) as rows_expected,
        (select count(*) from {{ ref('stg_connectwise__' ~ model) }}) as rows_staged
    union all
    {% endfor %}
    {% for table, (entity, model) in lists.items() %}
    select
        '{{ table }}' as raw_table,
        (
            select count(*)
            from {{ source('connectwise_raw', table) }}
            where
                (_parent_id in (select id from gone where entity = '{{ entity }}'))
                is not true
        ) as rows_expected,
        (select count(*) from {{ ref('stg_connectwise__' ~ model) }}) as rows_staged
    {% if not loop.last %}union all{% endif %}
    {% endfor %}

)

select *
from counted
where rows_expected <> rows_staged
