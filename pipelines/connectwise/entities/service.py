"""Entities of the API's service section."""

from pipelines.connectwise.entities.registry import Entity, Tier
from pipelines.connectwise.models.service.board import Board
from pipelines.connectwise.models.service.board_status import BoardStatus
from pipelines.connectwise.models.service.priority import Priority
from pipelines.connectwise.models.service.sla import Sla
from pipelines.connectwise.models.service.ticket import ServiceTicket
from pipelines.connectwise.models.service.ticket_note import ServiceTicketNote

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
        name="priorities",
        path="/service/priorities",
        model=Priority,
        title="Priorities",
        incremental=False,
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
)
