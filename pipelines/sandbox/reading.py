"""Reads what a list request asks from the store, as JSON bytes.

Bodies are stored as they are served, so a page without ``fields`` is joined from them
unread. Conditions come compiled from ``compiler``; headers are ``server``'s.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from pipelines.sandbox.catalogue import NEWEST_VERSION, schema_of
from pipelines.sandbox.comparisons import Sql, joined, sql
from pipelines.sandbox.compiler import Compiler
from pipelines.sandbox.errors import not_found
from pipelines.sandbox.options import SandboxOptions
from pipelines.sandbox.parameters import ListRequest
from pipelines.sandbox.projection import older_form, project
from pipelines.sandbox.routes import ROUTES, Match, Route
from pipelines.sandbox.store import Store

_BODY = "select id, cast(body as blob) from records where {} order by {} limit ?"


@dataclass(frozen=True, slots=True)
class Rows:
    """A page of records: a JSON array, the last id on it and whether more follow."""

    content: bytes
    last_id: int
    has_more: bool


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads from one store under one set of options."""

    store: Store
    options: SandboxOptions

    def page(self, match: Match, request: ListRequest) -> Rows:
        """The asked page of a list; raises ``Refusal`` for what is wrong."""
        size = request.page_size
        where, order = self._where(match, request), Sql("id")
        offset = 0
        if request.is_forward_only:
            where = sql("{} and id > ?", where, request.page_id)
        else:
            order = self._order(match.route, request)
            offset = (request.page - 1) * size
        rows = self._rows(where, order, size + 1, offset=offset, request=request)
        kept = rows[:size]
        content = self._array(kept, match.route, request)
        last_id = kept[-1][0] if kept else 0
        return Rows(content, last_id, has_more=len(rows) > size)

    def count(self, match: Match, request: ListRequest) -> int:
        """How many records fulfil the request's conditions."""
        query = sql(
            "select count(*) from records where {}", self._where(match, request)
        )
        return int(self.store.query(query.text, query.parameters)[0][0])

    def record(self, match: Match, request: ListRequest) -> bytes:
        """One record by its id; raises ``Refusal`` where there is none."""
        where = sql("{} and {}", _members(match), _is_wanted(match))
        query = sql(_BODY, where, Sql("id"), 1)
        rows = self.store.query(query.text, query.parameters)
        if not rows:
            raise not_found(match.route.label, match.key)
        body: bytes = rows[0][1]
        return self._formed(body, match.route, request)

    def check_parent(self, match: Match) -> None:
        """Refuse children of a record that is not there.

        A world without any record of the parent's list has none to miss: recorded
        worlds may hold children only.
        """
        parent = match.route.parent
        if parent is None or self._has_children(match):
            return
        known = "select 1 from records where path = ? and id = ?"
        if self.store.query(known, (parent, match.parent_id)):
            return
        if self.store.query("select 1 from records where path = ? limit 1", (parent,)):
            raise not_found(_label_of(parent), match.parent_id)

    def _has_children(self, match: Match) -> bool:
        query = sql("select 1 from records where {} limit 1", _members(match))
        return bool(self.store.query(query.text, query.parameters))

    def _rows(
        self, where: Sql, order: Sql, limit: int, *, offset: int, request: ListRequest
    ) -> list[tuple[Any, ...]]:
        only_ids = [field.lower() for field in request.fields] == ["id"]
        template = "select id from records where {} order by {} limit ?"
        query = sql(template if only_ids else _BODY, where, order, limit)
        if offset:
            query = sql("{} offset ?", query, offset)
        return self.store.query(query.text, query.parameters)

    def _array(
        self, rows: Iterable[tuple[Any, ...]], route: Route, request: ListRequest
    ) -> bytes:
        bodies = (
            self._formed(row[1], route, request) if len(row) > 1 else _only_id(row[0])
            for row in rows
        )
        return b"[" + b",".join(bodies) + b"]"

    def _formed(self, body: bytes, route: Route, request: ListRequest) -> bytes:
        is_old = request.version < NEWEST_VERSION
        if not request.fields and not is_old:
            return body
        record = msgspec.json.decode(body)
        if is_old:
            record = older_form(record, schema_of(route.template))
        if request.fields:
            record = project(record, request.fields)
        return msgspec.json.encode(record)

    def _compiler(self, route: Route, request: ListRequest) -> Compiler:
        schema = schema_of(route.template, version=request.version)
        return Compiler(schema, percent_like=self.options.percent_like)

    def _where(self, match: Match, request: ListRequest) -> Sql:
        compiler = self._compiler(match.route, request)
        parts = [_members(match)]
        if request.conditions:
            parts.append(compiler.conditions(request.conditions))
        if request.child_conditions:
            parts.append(compiler.child_conditions(request.child_conditions))
        if request.custom_field_conditions:
            custom = compiler.custom_field_conditions(request.custom_field_conditions)
            parts.append(custom)
        return joined(parts, " and ")

    def _order(self, route: Route, request: ListRequest) -> Sql:
        if not request.order_by:
            return Sql("id")
        return self._compiler(route, request).order_by(request.order_by)


def _members(match: Match) -> Sql:
    if match.parent_id is None:
        return sql("path = ? and parent_id is null", match.route.template)
    return sql("path = ? and parent_id = ?", match.route.template, match.parent_id)


def _is_wanted(match: Match) -> Sql:
    if match.key.isdecimal():
        return sql("id = ?", min(int(match.key), 2**62))
    path = f"$.{match.route.second_key}"
    return sql("json_extract(body, ?) = ? collate nocase", path, match.key)


def _only_id(record_id: int) -> bytes:
    return b'{"id":%d}' % record_id


def _label_of(template: str) -> str:
    return next(r.label for r in ROUTES if r.template == template)
