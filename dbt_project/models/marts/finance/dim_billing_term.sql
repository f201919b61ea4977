with terms as (

    select * from {{ ref('stg_connectwise__billing_term') }}

),

final as (

    select
        billing_terms_id,
        billing_terms_name,
        due_days_count,
        is_default
    from terms

)

select * from final
