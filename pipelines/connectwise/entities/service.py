"""Entities of the API's service section."""

from pipelines.connectwise.entities.registry import Entity, Tier
from pipelines.connectwise.models.service.board import Board
from pipelines.connectwise.models.service.board_item import BoardItem
from pipelines.connectwise.models.service.board_status import BoardStatus
from pipelines.connectwise.models.service.board_subtype import BoardSubtype
from pipelines.connectwise.models.service.board_team import BoardTeam
from pipelines.connectwise.models.service.board_type import BoardType
from pipelines.connectwise.models.service.board_type_association import (
    BoardTypeAssociation,
)
from pipelines.connectwise.models.service.code import ServiceCode
from pipelines.connectwise.models.service.impact import Impact
from pipelines.connectwise.models.service.location import ServiceLocation
from pipelines.connectwise.models.service.priority import Priority
from pipelines.connectwise.models.service.severity import Severity
from pipelines.connectwise.models.service.sla import Sla
from pipelines.connectwise.models.service.sla_priority import SlaPriority
from pipelines.connectwise.models.service.source import Source
from pipelines.connectwise.models.service.survey import Survey
from pipelines.connectwise.models.service.survey_question import SurveyQuestion
from pipelines.connectwise.models.service.survey_result import SurveyResult
from pipelines.connectwise.models.service.team import ServiceTeam
from pipelines.connectwise.models.service.ticket import ServiceTicket
from pipelines.connectwise.models.service.ticket_changelog import ServiceTicketChangelog
from pipelines.connectwise.models.service.ticket_note import ServiceTicketNote
from pipelines.connectwise.models.service.ticket_task import ServiceTicketTask

SERVICE = (
    Entity(
        name="boards",
        path="/service/boards",
        model=Board,
        title="Boards",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="board_statuses",
        path="/service/boards/{parent_id}/statuses",
        model=BoardStatus,
        title="Board statuses",
        parent="boards",
        tier=Tier.CHILDREN,
    ),
    Entity(
        name="board_types",
        path="/service/boards/{parent_id}/types",
        model=BoardType,
        title="Ticket types of boards",
        parent="boards",
        tier=Tier.CHILDREN,
    ),
    Entity(
        name="board_subtypes",
        path="/service/boards/{parent_id}/subtypes",
        model=BoardSubtype,
        title="Ticket subtypes of boards",
        parent="boards",
        tier=Tier.CHILDREN,
    ),
    Entity(
        name="board_items",
        path="/service/boards/{parent_id}/items",
        model=BoardItem,
        title="Ticket items of boards",
        parent="boards",
        tier=Tier.CHILDREN,
    ),
    Entity(
        name="board_type_associations",
        path="/service/boards/{parent_id}/typeSubTypeItemAssociations",
        model=BoardTypeAssociation,
        title="Combinations of type, subtype and item",
        parent="boards",
        incremental=False,
        tier=Tier.CHILDREN,
    ),
    Entity(
        name="board_teams",
        path="/service/boards/{parent_id}/teams",
        model=BoardTeam,
        title="Teams of boards",
        parent="boards",
        tier=Tier.CHILDREN,
    ),
    Entity(
        name="service_teams",
        path="/service/teams",
        model=ServiceTeam,
        title="Service teams",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="service_locations",
        path="/service/locations",
        model=ServiceLocation,
        title="Service locations",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="service_codes",
        path="/service/codes",
        model=ServiceCode,
        title="Codes of tasks",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="sources",
        path="/service/sources",
        model=Source,
        title="Sources",
        incremental=False,
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="priorities",
        path="/service/priorities",
        model=Priority,
        title="Priorities",
        incremental=False,
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="severities",
        path="/service/severities",
        model=Severity,
        title="Severities",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="impacts",
        path="/service/impacts",
        model=Impact,
        title="Impacts",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="slas",
        path="/service/SLAs",
        model=Sla,
        title="Service level agreements",
        incremental=False,
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="sla_priorities",
        path="/service/SLAs/{parent_id}/priorities",
        model=SlaPriority,
        title="Targets by priority",
        parent="slas",
        incremental=False,
        tier=Tier.CHILDREN,
    ),
    Entity(
        name="service_tickets",
        path="/service/tickets",
        model=ServiceTicket,
        title="Service tickets",
        tier=Tier.HOT,
    ),
    Entity(
        name="service_ticket_notes",
        path="/service/tickets/{parent_id}/notes",
        model=ServiceTicketNote,
        title="Notes of service tickets",
        parent="service_tickets",
        tier=Tier.CHILDREN,
    ),
    Entity(
        name="service_ticket_tasks",
        path="/service/tickets/{parent_id}/tasks",
        model=ServiceTicketTask,
        title="Tasks of service tickets",
        parent="service_tickets",
        tier=Tier.CHILDREN,
    ),
    Entity(
        name="service_ticket_changelogs",
        path="/service/tickets/changelogs",
        model=ServiceTicketChangelog,
        title="Change log of tickets",
        incremental=False,
        has_count=False,
    ),
    Entity(
        name="surveys",
        path="/service/surveys",
        model=Survey,
        title="Surveys",
        tier=Tier.REFERENCE,
    ),
    Entity(
        name="survey_questions",
        path="/service/surveys/{parent_id}/questions",
        model=SurveyQuestion,
        title="Questions of surveys",
        parent="surveys",
        tier=Tier.CHILDREN,
    ),
    Entity(
        name="survey_results",
        path="/service/surveys/{parent_id}/results",
        model=SurveyResult,
        title="Answered surveys",
        parent="surveys",
        tier=Tier.CHILDREN,
    ),
)
