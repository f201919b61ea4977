"""Writes over HTTP: POST, PUT, PATCH and DELETE of what the sandbox lets change.

Tickets of both kinds, their notes, time entries, companies and contacts; every other
list stays read-only. A write answers as ConnectWise does: 201 or 200 with the record,
204 without one. The change itself is made by ``changes``; reads are ``reading``'s.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from pipelines.sandbox.bodies import Body, decoded
from pipelines.sandbox.catalogue import schema_of
from pipelines.sandbox.changes import (
    PROJECT_TICKETS,
    SERVICE_TICKETS,
    TIME_ENTRIES,
    Editor,
)
from pipelines.sandbox.consequences import (
    COMPANIES,
    CONTACTS,
    INITIAL_NOTES,
    NOTES,
    Consequences,
)
from pipelines.sandbox.errors import invalid_object, not_found, wrong_method
from pipelines.sandbox.links import with_links
from pipelines.sandbox.patching import Operation, patched
from pipelines.sandbox.references import References
from pipelines.sandbox.routes import Match
from pipelines.sandbox.ticket_moves import attach_children, convert, merge

_SERVICE_NOTES = SERVICE_TICKETS + NOTES
_PROJECT_NOTES = PROJECT_TICKETS + NOTES
_SUCCESS = b'{"success":true,"message":""}'
_VERBS: Mapping[str, tuple[str, ...]] = {
    "list": ("GET", "POST"),
    "record": ("GET", "PUT", "PATCH", "DELETE"),
    "merge": ("POST",),
    "convert": ("POST",),
    "attachChildren": ("POST",),
}


@dataclass(frozen=True, slots=True)
class _Resource:
    """What a written list calls its records and what one must have."""

    name: str
    required: tuple[str, ...] = ()
    longest: Mapping[str, int] = field(default_factory=dict)


_RESOURCES: Mapping[str, _Resource] = {
    SERVICE_TICKETS: _Resource("ticket", ("summary", "company"), {"summary": 100}),
    PROJECT_TICKETS: _Resource("ticket", ("summary", "phase"), {"summary": 100}),
    _SERVICE_NOTES: _Resource("ticketNote", ("text",)),
    _PROJECT_NOTES: _Resource("ticketNote", ("text",)),
    TIME_ENTRIES: _Resource("timeEntry", ("timeStart",)),
    COMPANIES: _Resource(
        "company", ("identifier", "name"), {"identifier": 30, "name": 50}
    ),
    CONTACTS: _Resource("contact", ("firstName",)),
}

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """The answer to a write."""

    status: int
    content: bytes = b""


def verbs_of(match: Match) -> tuple[str, ...]:
    """The verbs that a path takes."""
    if match.kind == "search":
        return ("POST",)
    if match.route.template not in _RESOURCES:
        return ("GET",)
    return _VERBS.get(match.kind, ("GET",))


@dataclass(frozen=True, slots=True)
class Writes:
    """Answers the writes of one sandbox."""

    editor: Editor

    def answer(self, method: str, match: Match, content: bytes) -> Written:
        """Carry out one write; raises ``Refusal`` for what is wrong."""
        with self.editor.store.alone():
            return self._answer(method, match, content)

    def _answer(self, method: str, match: Match, content: bytes) -> Written:
        if match.kind == "merge":
            merge(self.editor, int(match.key), content)
            return Written(200, _SUCCESS)
        if match.kind == "attachChildren":
            attach_children(self.editor, int(match.key), content)
            return Written(200, _SUCCESS)
        if match.kind == "convert":
            convert(self.editor, match.route.template, int(match.key), content)
            return Written(200, _SUCCESS)
        match method:
            case "POST":
                return Written(201, self._created(match, content))
            case "PUT" | "PATCH":
                return Written(200, self._changed(method, match, content))
            case "DELETE":
                record = self._existing(match)
                self.editor.delete(
                    match.route.template, record["id"], parent_id=match.parent_id
                )
                return Written(204)
            case _:
                raise wrong_method(method, allowed=", ".join(verbs_of(match)))

    def _created(self, match: Match, content: bytes) -> bytes:
        path = match.route.template
        given = self._body(path).read(content)
        self._check(path, given, {})
        rules = self._rules()
        whole = self._whole(path, rules.begun(path, given, match.parent_id), {})
        made = self.editor.create(
            path, rules.settled(path, whole, {}), parent_id=match.parent_id
        )
        self._add_initial_notes(path, given, made["id"])
        return self._served(match, made)

    def _changed(self, method: str, match: Match, content: bytes) -> bytes:
        path = match.route.template
        before = self._existing(match)
        if method == "PATCH":
            operations = decoded(content, list[Operation])
            changed = self._body(path).checked(patched(before, operations))
        else:
            changed = self._body(path).read(content)
        changed = {**changed, "id": before["id"]}
        self._check(path, changed, before)
        changed = self._whole(path, changed, before)
        settled = self._rules().settled(path, changed, before)
        made = self.editor.replace(path, settled, parent_id=match.parent_id)
        return self._served(match, made)

    def _body(self, path: str) -> Body:
        return Body(_RESOURCES[path].name, schema_of(path))

    def _rules(self) -> Consequences:
        return Consequences(self.editor.store, self.editor.control.clock.stamp())

    def _whole(self, path: str, record: Record, before: Record) -> Record:
        """The record with whole references and with every custom field."""
        references = References(
            self.editor.store, _RESOURCES[path].name, schema_of(path)
        )
        completed = references.completed(record, before)
        return completed | _custom_fields(
            completed, before or self._rules().begun(path, {}, None)
        )

    def _check(self, path: str, record: Record, before: Record) -> None:
        """Refuse a record that lacks what it must have or holds what is too long."""
        resource = _RESOURCES[path]
        for name in resource.required:
            if record.get(name) in (None, ""):
                message = f"The {name} field is required."
                raise invalid_object(
                    resource.name, "MissingRequiredField", message, field=name
                )
        for name, longest in resource.longest.items():
            value = record.get(name) or ""
            if len(value) > longest and value != before.get(name):
                message = f"The field {name} must have at most {longest} characters."
                raise invalid_object(
                    resource.name, "MaxLengthField", message, field=name
                )
        if path == COMPANIES and record["identifier"] != before.get("identifier"):
            self._check_unused(record["identifier"])

    def _check_unused(self, identifier: str) -> None:
        found = self.editor.store.find_by(COMPANIES, "identifier", identifier)
        if next(found, None) is not None:
            message = "A company with this identifier already exists."
            raise invalid_object("company", "ObjectExists", message, field="identifier")

    def _existing(self, match: Match) -> Record:
        path = match.route.template
        found = self.editor.store.find(path, int(match.key))
        if found is None:
            raise not_found(match.route.label, match.key)
        return found

    def _add_initial_notes(self, path: str, given: Record, ticket_id: int) -> None:
        """The texts that a ticket is made with become its first notes."""
        if path not in {SERVICE_TICKETS, PROJECT_TICKETS}:
            return
        for name, flag in INITIAL_NOTES.items():
            if given.get(name):
                note = {"text": given[name], flag: True, "externalFlag": True}
                begun = self._rules().begun(path + NOTES, note, ticket_id)
                self.editor.create(path + NOTES, begun, parent_id=ticket_id)

    def _served(self, match: Match, record: Record) -> bytes:
        linked = with_links(match.route.template, record, parent_id=match.parent_id)
        return msgspec.json.encode(linked)


def _custom_fields(record: Record, before: Record) -> Record:
    """All custom fields, with the written values in their places."""
    defined = before.get("customFields")
    if not defined:
        return {}
    given = {
        each.get("id"): each.get("value") for each in record.get("customFields") or ()
    }
    return {
        "customFields": [
            {**field, "value": given.get(field["id"], field["value"])}
            for field in defined
        ]
    }
