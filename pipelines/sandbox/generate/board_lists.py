"""Records of what hangs on a board: types, subtypes, items, teams, task codes.

The names of types, subtypes and items repeat across boards, their ids do not. Which
ids there are is decided in ``firm`` and ``teams``; here they become rows.
"""

from collections.abc import Iterator
from itertools import count, product

from pipelines.sandbox.generate import firm
from pipelines.sandbox.generate.calendar import DAY, HOUR
from pipelines.sandbox.generate.records import Json, connectwise_id, info, ref
from pipelines.sandbox.generate.scene import Scene
from pipelines.sandbox.generate.tasks import TASK_CODES
from pipelines.sandbox.generate.teams import Team

_ADMIN = "setup1"
_BOARD, _TYPE, _SUBTYPE, _ITEM, _TEAM, _CODE = 1, 6, 7, 8, 9, 10
_SKILLS = {"Workstation": ref(1, "Desktop"), "Network": ref(2, "Network")}
_RETIRED = "Fax"


def write_board_lists(scene: Scene) -> None:
    """Write the rows below every board, and the flat lists of teams and codes."""
    writer, at = scene.writer, scene.start - 190 * DAY
    numbers = count(40_001)
    for board in scene.boards.values():
        below = "/service/boards/{parent_id}"
        for record in _types(board, at):
            writer.add(f"{below}/types", record, board.id)
        for record in _subtypes(board, at):
            writer.add(f"{below}/subtypes", record, board.id)
        for record in _items(board, at):
            writer.add(f"{below}/items", record, board.id)
        for record in _associations(board, numbers):
            writer.add(f"{below}/typeSubTypeItemAssociations", record, board.id)
    for team in scene.teams:
        changed = at if team.is_default else scene.stories.reorganised
        record = _board_team(team, changed)
        writer.add("/service/boards/{parent_id}/teams", record, team.board.id)
        writer.add("/service/teams", _team(team, changed))
    writer.add_all("/service/codes", _codes(at))


def _below(table: int, number: int, board: firm.Board) -> Json:
    """What every row below a board says of itself and of what it hangs on."""
    return {
        "connectWiseId": connectwise_id(table, number),
        "parentId": board.id,
        "parentConnectWiseId": connectwise_id(_BOARD, board.id),
        "grandParentId": board.location.id,
        "grandParentConnectWiseId": connectwise_id(11, board.location.id),
    }


def _types(board: firm.Board, at: int) -> Iterator[Json]:
    for index, kind in enumerate(board.types):
        yield {
            **_type(board, kind.id, kind.name, at + index * HOUR),
            "defaultFlag": index == 0,
            "inactiveFlag": False,
        }
    if board.id == firm.HELP_DESK:
        number = board.id * 100 + 99
        yield {
            **_type(board, number, _RETIRED, at),
            "defaultFlag": False,
            "inactiveFlag": True,
        }


def _type(board: firm.Board, number: int, name: str, at: int) -> Json:
    is_planned = board.id in {firm.ONSITE, firm.PROJECTS, firm.CONSULTING}
    record: Json = {
        "id": number,
        "name": name,
        "category": "Proactive" if is_planned else "Reactive",
        "requestForChangeFlag": False,
        "integrationXref": f"{board.id}-{name.lower()}",
        "board": board.ref,
        "location": board.location.ref,
        "department": firm.DEPARTMENTS[board.department],
        **_below(_TYPE, number, board),
        "_info": info(at, _ADMIN),
    }
    if name in _SKILLS:
        record["skillCategory"] = ref(1, "Technical")
        record["skill"] = _SKILLS[name]
    return record


def _subtypes(board: firm.Board, at: int) -> Iterator[Json]:
    for subtype in board.types[0].subtypes:
        yield {
            **subtype,
            "inactiveFlag": False,
            "typeAssociationIds": [kind.id for kind in board.types],
            "addAllTypesFlag": False,
            "removeAllTypesFlag": False,
            "board": board.ref,
            **_below(_SUBTYPE, subtype["id"], board),
            "_info": info(at, _ADMIN),
        }


def _items(board: firm.Board, at: int) -> Iterator[Json]:
    for item in board.types[0].items:
        yield {
            **item,
            "inactiveFlag": False,
            "board": board.ref,
            **_below(_ITEM, item["id"], board),
            "_info": info(at, _ADMIN),
        }


def _associations(board: firm.Board, numbers: "count[int]") -> Iterator[Json]:
    for kind in board.types:
        for subtype, item in product(kind.subtypes, kind.items):
            yield {
                "id": next(numbers),
                "type": ref(kind.id, kind.name),
                "subType": subtype,
                "item": item,
                "board": board.ref,
                "_info": {},
            }


def _board_team(team: Team, at: int) -> Json:
    return {
        "id": team.id,
        "name": team.name,
        "teamLeader": team.leader.ref,
        "members": [member.id for member in team.members],
        "defaultFlag": team.is_default,
        "notifyOnTicketDelete": False,
        "defaultRoundRobinFlag": False,
        "roundRobinFlag": False,
        "boardId": team.board.id,
        "locationId": team.location.id,
        "businessUnitId": firm.DEPARTMENTS[team.board.department]["id"],
        **_below(_TEAM, team.id, team.board),
        "_info": info(at, _ADMIN),
    }


def _team(team: Team, at: int) -> Json:
    return {
        "id": team.id,
        "name": team.name,
        "leader": team.leader.ref,
        "location": team.location.ref,
        "department": firm.DEPARTMENTS[team.board.department],
        "deleteNotifyFlag": False,
        "_info": info(at, _ADMIN),
    }


def _codes(at: int) -> Iterator[Json]:
    for number, name, description in TASK_CODES:
        yield {
            "id": number,
            "name": name,
            "description": description,
            "boardId": firm.HELP_DESK,
            "locationId": firm.LOCATIONS[0].id,
            "businessUnitId": firm.DEPARTMENTS["Service"]["id"],
            "connectWiseId": connectwise_id(_CODE, number),
            "_info": info(at, _ADMIN),
        }
