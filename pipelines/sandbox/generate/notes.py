"""Notes on tickets: the request, what was done, how it ended."""

from collections.abc import Iterator
from random import Random

from pipelines.sandbox.generate.calendar import MINUTE, stamp
from pipelines.sandbox.generate.clients import Contact
from pipelines.sandbox.generate.members import Member
from pipelines.sandbox.generate.records import Json, info
from pipelines.sandbox.generate.scene import Scene
from pipelines.sandbox.generate.ticket_life import Life
from pipelines.sandbox.generate.words import NOTES_ASK, NOTES_DONE, NOTES_WORK

_FLAGS = {
    "detail": (True, False, False),
    "internal": (False, True, False),
    "resolution": (False, False, True),
}


def ticket_notes(
    scene: Scene,
    ticket_id: int,
    life: Life,
    contact: Contact | None,
    *,
    is_project: bool,
    rng: Random,
) -> Iterator[Json]:
    """Records of ``/service|project/tickets/{parent_id}/notes`` of one ticket."""

    def note(at: int, kind: str, text: str, member: Member | None) -> Json:
        return _note(
            next(scene.note_ids), ticket_id, at, kind, text,
            author=member if member is not None else contact, is_project=is_project,
        )  # fmt: skip

    if contact is not None:
        yield note(life.moves[0][0], "detail", rng.choice(NOTES_ASK), None)
    for session in life.sessions[:6]:
        if rng.random() < 0.45:
            at = min(session.end + MINUTE, scene.now)
            kind = "internal" if rng.random() < 0.4 else "detail"
            yield note(at, kind, rng.choice(NOTES_WORK), session.member)
    at, status, _ = life.moves[-1]
    if life.sessions and status in {"completed", "closed"} and rng.random() < 0.5:
        yield note(at, "resolution", rng.choice(NOTES_DONE), life.sessions[-1].member)


def _note(
    number: int,
    ticket_id: int,
    at: int,
    kind: str,
    text: str,
    *,
    author: Member | Contact | None,
    is_project: bool,
) -> Json:
    detail, internal, resolution = _FLAGS[kind]
    by = author.identifier if isinstance(author, Member) else "zadmin"
    record: Json = {
        "id": number,
        "ticketId": ticket_id,
        "text": text,
        "detailDescriptionFlag": detail,
        "internalAnalysisFlag": internal,
        "resolutionFlag": resolution,
        "issueFlag": False,
        "customerUpdatedFlag": False,
        "internalFlag": internal,
        "externalFlag": not internal,
        "_info": info(at, by),
    }
    if isinstance(author, Member):
        record["member"] = author.ref
    elif author is not None:
        record["contact"] = author.ref
    if not is_project:
        record["dateCreated"] = stamp(at)
        record["createdBy"] = by
    return record
