"""Service teams: who is in them, who leads them, which of them takes a ticket.

Every board has a team; Help Desk has a second one, for the clients of the office in
Mesa. A reorganisation changes that team's leader (the story itself is in ``surveys``).
"""

from dataclasses import dataclass

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.members import Member
from pipelines.sandbox.generate.records import Json, ref

MESA_TEAM_ID = 31
_MESA = firm.LOCATIONS[2]
_MESA_TEAM = ref(MESA_TEAM_ID, "Mesa Help Desk Team")
_ROLES: dict[int, tuple[str, ...]] = {
    firm.HELP_DESK: ("tier1", "tier2", "dispatch"),
    firm.ALERTS: ("tier2", "tier3"),
    firm.ONSITE: ("tier1", "tier2", "tier3"),
    firm.PROJECTS: ("project", "manager", "tier3"),
    firm.CONSULTING: ("tier3", "project", "owner"),
    firm.INTERNAL: ("finance", "dispatch", "owner"),
    firm.SALES: ("sales", "owner"),
}
_SENIORITY = ("manager", "owner", "tier3", "tier2", "tier1")


@dataclass(frozen=True, slots=True)
class Team:
    """A team of one board; ``is_default`` where tickets go to it unless told."""

    id: int
    name: str
    board: firm.Board
    location: firm.Location
    members: tuple[Member, ...]
    leader: Member
    is_default: bool


def team_of(board: firm.Board, location: firm.Location) -> Json:
    """Reference to the team that takes a ticket of that board and office."""
    is_mesa = board.id == firm.HELP_DESK and location is _MESA
    return _MESA_TEAM if is_mesa else board.team


def make_teams(members: list[Member], *, now: int) -> list[Team]:
    """All teams, with the people who are with the firm at that instant."""
    people = [m for m in members if m.role != "api"]
    teams = []
    for board in firm.boards().values():
        staff = [m for m in people if m.role in _ROLES[board.id]] or people[:1]
        number, name = board.team["id"], board.team["name"]
        teams.append(_team(number, name, board, staff, now=now))
        if board.id == firm.HELP_DESK:
            near = [m for m in staff if m.location is _MESA] or staff[-1:]
            name = _MESA_TEAM["name"]
            teams.append(_team(MESA_TEAM_ID, name, board, near, now=now))
    return teams


def _team(
    number: int, name: str, board: firm.Board, staff: list[Member], *, now: int
) -> Team:
    there = [m for m in staff if m.works_at(now)] or staff[:1]
    order = {role: place for place, role in enumerate(_SENIORITY)}
    leader = min(there, key=lambda m: (order.get(m.role, len(order)), m.id))
    is_mesa = number == MESA_TEAM_ID
    location = _MESA if is_mesa else board.location
    return Team(number, name, board, location, tuple(there), leader, not is_mesa)


def team_ids(teams: list[Team]) -> dict[int, list[int]]:
    """Ids of the teams that each member is in, by member id."""
    found: dict[int, list[int]] = {}
    for team in teams:
        for member in team.members:
            found.setdefault(member.id, []).append(team.id)
    return found
