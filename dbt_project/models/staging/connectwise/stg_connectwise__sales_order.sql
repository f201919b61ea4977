with source as (

    select * from {{ source('connectwise_raw', 'sales_orders') }}

),

renamed as (

    select
        -- ids
        cast(id as bigint) as sales_order_id,
        cast(company__id as bigint) as company_id,
        cast(contact__id as bigint) as contact_id,
        cast(site__id as bigint) as site_id,
        cast(status__id as bigint) as sales_order_status_id,
        cast(opportunity__id as bigint) as opportunity_id,
        cast(sales_rep__id as bigint) as sales_rep_member_id,
        cast(bill_to_company__id as bigint) as bill_to_company_id,
        cast(billing_terms__id as bigint) as billing_terms_id,
        cast(tax_code__id as bigint) as tax_code_id,
        cast(location__id as bigint) as location_id,
        cast(department__id as bigint) as department_id,
        -- names
        {{ clean_text('company__name') }} as company_name,
        {{ clean_text('contact__name') }} as contact_name,
        {{ clean_text('status__name') }} as sales_order_status_name,
        {{ clean_text('opportunity__name') }} as opportunity_name,
        {{ clean_text('sales_rep__name') }} as sales_rep_name,
        {{ clean_text('po_number') }} as po_number,
        {{ clean_text('description') }} as description,
        {{ clean_text('notes') }} as notes,
        {{ clean_text('billing_terms__name') }} as billing_terms_name,
        {{ clean_text('currency__currency_code') }} as currency_code,
        -- days
        {{ recorded_date('order_date') }} as order_date,
        {{ recorded_date('due_date') }} as due_date,
        -- flags
        {{ flag('bill_closed_flag') }} as is_billed_when_closed,
        {{ flag('bill_shipped_flag') }} as is_billed_when_shipped,
        -- measures
        {{ decimal_4('sub_total') }} as subtotal_amount,
        {{ decimal_4('tax_total') }} as sales_tax_amount,
        {{ decimal_4('total') }} as total_amount,
        -- bookkeeping
        {{ utc_timestamp('_info__last_updated') }} as updated_at,
        {{ utc_timestamp('_synced_at') }} as synced_at
    from source
    where {{ not_deleted('sales_orders') }}

)

select * from renamed
