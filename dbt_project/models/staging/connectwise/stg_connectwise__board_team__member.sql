with source as (

    select * from {{ source('connectwise_raw', 'board_teams__members') }}

),

renamed as (

    select
        -- ids
        cast(_parent_id as bigint) as team_id,
        cast(_position as bigint) as position,
        cast(value as bigint) as member_id
    from source
    where {{ not_deleted('board_teams', '_parent_id') }}

)

select * from renamed
