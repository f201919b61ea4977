"""Reads what a list request asks from the store, as JSON bytes.

Bodies are stored as they are served, so a page without ``fields`` is joined from them
unread. What the role hides and what a fault disturbs is left out or changed here.
Conditions come compiled from ``compiler``; headers are ``server``'s.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from pipelines.sandbox.catalogue import NEWEST_VERSION, schema_of
from pipelines.sandbox.comparisons import Sql, joined, sql
from pipelines.sandbox.compiler import Compiler
from pipelines.sandbox.control import SandboxControl
from pipelines.sandbox.disturbances import kept_rows, shift_of, shuffled, with_null
from pipelines.sandbox.errors import not_found, not_granted
from pipelines.sandbox.options import Role, SandboxOptions
from pipelines.sandbox.parameters import ListRequest
from pipelines.sandbox.projection import brief, older_form, project, without
from pipelines.sandbox.roles import effective_role
from pipelines.sandbox.routes import ROUTES, Match, Route
from pipelines.sandbox.store import Store

_BODY = "select id, cast(body as blob) from records where {} order by {} limit ?"


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of records: a JSON array, the last id on it and whether more follow."""

    content: bytes
    last_id: int
    has_more: bool


class Reader:
    """Reads from one store under the options that count now."""

    def __init__(self, store: Store, control: SandboxControl) -> None:
        self._store = store
        self._control = control
        self._options: SandboxOptions = control.options
        self._role: Role = effective_role(control.options)

    def page(self, match: Match, request: ListRequest) -> Rows:
        """The asked page of a list; raises ``Refusal`` for what is wrong."""
        size = request.page_size
        where, order = self._where(match, request), Sql("id")
        offset = 0
        if request.is_forward_only:
            where = sql("{} and id > ?", where, request.page_id)
        else:
            order = self._order(match.route, request)
            offset = self._offset(match, request)
        rows = self._rows(where, order, size + 1, offset=offset, request=request)
        kept = rows[:size]
        content = self._array(kept, match.route, request)
        last_id = kept[-1][0] if kept else 0
        return Rows(content, last_id, has_more=len(rows) > size)

    def count(self, match: Match, request: ListRequest) -> int:
        """What ``/count`` answers to the request's conditions."""
        return self._counted(self._where(match, request, is_count=True))

    def length(self, match: Match, request: ListRequest) -> int:
        """How many rows the list has on all its pages."""
        return self._counted(self._where(match, request))

    def record(self, match: Match, request: ListRequest) -> bytes:
        """One record by its id; raises ``Refusal`` where there is none."""
        where = sql("{} and {}", _members(match), _is_wanted(match))
        query = sql(_BODY, where, Sql("id"), 1)
        rows = self._store.query(query.text, query.parameters)
        if not rows:
            raise not_found(match.route.label, match.key)
        self._check_visible(match.route, rows[0][0], label=match.route.label)
        return self._formed(rows[0], match.route, request)

    def written(self, body: bytes, match: Match, request: ListRequest) -> bytes:
        """A record that has just been written, as the request's version has it."""
        return self._formed((0, body), match.route, request)

    def check_parent(self, match: Match) -> None:
        """Refuse children of a record that is not there or not to be seen.

        A world without any record of the parent's list has none to miss: recorded
        worlds may hold children only.
        """
        parent = match.route.parent
        if parent is None:
            return
        route = next(each for each in ROUTES if each.template == parent)
        self._check_visible(route, match.parent_id, label=route.label)
        if self._has_children(match):
            return
        known = "select 1 from records where path = ? and id = ?"
        if self._store.query(known, (parent, match.parent_id)):
            return
        if self._store.query("select 1 from records where path = ? limit 1", (parent,)):
            raise not_found(route.label, match.parent_id)

    def _check_visible(self, route: Route, record_id: int | None, label: str) -> None:
        """Refuse a record that the role hides."""
        conditions = self._role.hidden_rows.get(route.kept_as)
        if conditions is None:
            return
        hidden = Compiler(schema_of(route.kept_as)).conditions(conditions)
        query = sql(
            "select 1 from records where path = ? and id = ? and {}",
            route.kept_as,
            record_id,
            hidden,
        )
        if not self._store.query(query.text, query.parameters):
            return
        if self._options.hidden_record == "404":
            raise not_found(label, record_id)
        raise not_granted()

    def _has_children(self, match: Match) -> bool:
        query = sql("select 1 from records where {} limit 1", _members(match))
        return bool(self._store.query(query.text, query.parameters))

    def _counted(self, where: Sql) -> int:
        query = sql("select count(*) from records where {}", where)
        return int(self._store.remembered(query.text, query.parameters)[0][0])

    def _offset(self, match: Match, request: ListRequest) -> int:
        shift = shift_of(self._options, request.page, match.route.template)
        if shift:
            self._control.count_fault("repeated-rows" if shift < 0 else "skipped-rows")
        return max(0, (request.page - 1) * request.page_size + shift)

    def _rows(
        self, where: Sql, order: Sql, limit: int, *, offset: int, request: ListRequest
    ) -> list[tuple[Any, ...]]:
        only_ids = [field.lower() for field in request.fields] == ["id"]
        template = "select id from records where {} order by {} limit ?"
        query = sql(template if only_ids else _BODY, where, order, limit)
        if offset:
            query = sql("{} offset ?", query, offset)
        return self._store.query(query.text, query.parameters)

    def _array(
        self, rows: list[tuple[Any, ...]], route: Route, request: ListRequest
    ) -> bytes:
        bodies: Iterable[bytes]
        if rows and len(rows[0]) == 1:
            bodies = (_only_id(row[0]) for row in rows)
        elif self._is_as_stored(route, request):
            bodies = (row[1] for row in rows)
        else:
            bodies = (self._formed(row, route, request) for row in rows)
        return b"[" + b",".join(bodies) + b"]"

    def _is_as_stored(self, route: Route, request: ListRequest) -> bool:
        return not (
            request.fields
            or request.version < NEWEST_VERSION
            or route.source
            or self._role.hidden_fields.get(route.kept_as)
            or self._options.amount_of("null-text")
        )

    def _formed(
        self, row: tuple[Any, ...], route: Route, request: ListRequest
    ) -> bytes:
        record_id, body = row
        if self._options.amount_of("null-text"):
            spoiled = with_null(body, record_id, self._options)
            if spoiled is not body:
                self._control.count_fault("null-text")
            body = spoiled
        hidden = self._role.hidden_fields.get(route.kept_as, ())
        is_old = request.version < NEWEST_VERSION
        if not (request.fields or is_old or hidden or route.source):
            return bytes(body)
        record = msgspec.json.decode(body)
        if route.source:
            record = brief(record, schema_of(route.template))
        if hidden:
            record = without(record, hidden)
        if is_old:
            record = older_form(record, schema_of(route.template))
        if request.fields:
            record = project(record, request.fields)
        return msgspec.json.encode(record)

    def _compiler(self, route: Route, request: ListRequest) -> Compiler:
        schema = schema_of(route.template, version=request.version)
        return Compiler(schema, percent_like=self._options.percent_like)

    def _where(
        self, match: Match, request: ListRequest, *, is_count: bool = False
    ) -> Sql:
        compiler = self._compiler(match.route, request)
        parts = [_members(match)]
        if request.conditions:
            parts.append(compiler.conditions(request.conditions))
        if request.child_conditions:
            parts.append(compiler.child_conditions(request.child_conditions))
        if request.custom_field_conditions:
            custom = compiler.custom_field_conditions(request.custom_field_conditions)
            parts.append(custom)
        parts += self._withheld(match.route, is_count=is_count)
        return joined(parts, " and ")

    def _withheld(self, route: Route, *, is_count: bool) -> list[Sql]:
        """What the role and the faults leave of a list."""
        parts = []
        hidden = self._role.hidden_rows.get(route.kept_as)
        if hidden:
            condition = Compiler(schema_of(route.kept_as)).conditions(hidden)
            parts.append(sql("not coalesce({}, 0)", condition))
        kept = kept_rows(self._options, is_count=is_count)
        if kept is not None:
            parts.append(kept)
        return parts

    def _order(self, route: Route, request: ListRequest) -> Sql:
        if request.order_by:
            return self._compiler(route, request).order_by(request.order_by)
        return shuffled() if self._options.default_order == "shuffled" else Sql("id")


def _members(match: Match) -> Sql:
    if match.parent_id is None:
        return sql("path = ? and parent_id is null", match.route.kept_as)
    return sql("path = ? and parent_id = ?", match.route.kept_as, match.parent_id)


def _is_wanted(match: Match) -> Sql:
    if match.key.isdecimal():
        return sql("id = ?", int(match.key))
    path = f"$.{match.route.second_key}"
    return sql("json_extract(body, ?) = ? collate nocase", path, match.key)


def _only_id(record_id: int) -> bytes:
    return b'{"id":%d}' % record_id
