with contacts as (

    select * from {{ ref('stg_connectwise__contact') }}

),

-- Deleted contacts that tickets still name.
inferred as (

    select
        tickets.contact_id,
        max(tickets.company_id) as company_id,
        max(tickets.contact_name) as contact_name
    from {{ ref('int_service__tickets_united') }} as tickets
    anti join contacts on tickets.contact_id = contacts.contact_id
    where tickets.contact_id is not null
    group by tickets.contact_id

),

united as (

    select
        *,
        nullif(concat_ws(' ', first_name, last_name), '') as contact_name,
        false as is_inferred
    from contacts
    union all by name
    select
        *,
        true as is_inferred
    from inferred

),

final as (

    select
        -- keys
        contact_id,
        company_id,
        site_id,
        manager_contact_id,
        -- attributes
        contact_name,
        title,
        department_name,
        relationship_name,
        entered_at,
        -- flags
        coalesce(is_inactive, is_inferred) as is_inactive,
        coalesce(is_default, false) as is_default,
        coalesce(is_default_billing, false) as is_default_billing,
        is_inferred,
        -- bookkeeping
        updated_at,
        synced_at
    from united

)

select * from final
