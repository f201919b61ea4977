-- The API names no currency for costs: that of the MSP's own company, else the one most
-- companies have.
with counted as (

    select
        currency_code,
        max(case when is_internal then 1 else 0 end) as is_own,
        count(*) as companies_count
    from {{ ref('int_core__companies') }}
    where currency_code is not null
    group by currency_code

),

-- An aggregate, so that there is always exactly one row.
final as (

    select
        first(
            currency_code order by is_own desc, companies_count desc, currency_code
        ) as home_currency_code
    from counted

)

select * from final
