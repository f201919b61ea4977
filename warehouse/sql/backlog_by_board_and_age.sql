-- How old is the open work of each board?
-- One row per board and age bucket, on the last day that was read. The population is
-- service work: no merged or bundled tickets, no internal or sales boards.
select
    boards.board_name,
    daily.age_bucket,
    count(*) as tickets_count,
    max(daily.age_days) as oldest_days
from marts.fct_ticket_daily as daily
left join marts.dim_board as boards on daily.board_id = boards.board_id
where
    daily.is_service_population
    and daily.snapshot_date = (select max(snapshot_date) from marts.fct_ticket_daily)
group by all
order by boards.board_name, oldest_days;
