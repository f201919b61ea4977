"""Service teams, board by board."""

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.references import MemberReference
from pipelines.connectwise.models.scalars import Boolean, Integer


class BoardTeam(Record):
    """One team of one board."""

    name: str | None = None
    team_leader: MemberReference | None = about("The member who leads the team.")
    members: list[Integer] | None = about("Ids of the members.")
    default_flag: Boolean | None = None
    notify_on_ticket_delete: Boolean | None = about(
        "True when the team hears of deleted tickets."
    )
    default_round_robin_flag: Boolean | None = None
    round_robin_flag: Boolean | None = about(
        "True when tickets are handed out in turn."
    )
    board_id: Integer | None = None
    location_id: Integer | None = None
    business_unit_id: Integer | None = about("Id of the department.")
    connect_wise_id: str | None = about("The vendor's own identifier of the row.")
    parent_connect_wise_id: str | None = None
    parent_id: Integer | None = None
    grand_parent_id: Integer | None = None
    grand_parent_connect_wise_id: str | None = None
