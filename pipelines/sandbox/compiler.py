"""From conditions and orderBy to SQL over the stored JSON.

Names are looked up in the catalogue and values are bound as parameters, so nothing of
a request becomes SQL text. ``id`` and ``lastUpdated`` use their columns, so that
windows and pages are read from the index. How one comparison works is in
``comparisons``; which rows of a list are wanted besides is ``reading``'s.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pipelines.sandbox.catalogue import Field, Schema
from pipelines.sandbox.comparisons import (
    DATETIME,
    Column,
    Sql,
    chained,
    compare,
    is_member,
    joined,
    matches,
    sql,
)
from pipelines.sandbox.errors import malformed_condition, unknown_name
from pipelines.sandbox.query_language import (
    Both,
    Comparison,
    Condition,
    ConditionError,
    Either,
    Expression,
    Membership,
    parse,
)

_OBJECT = "object"
# Lists whose records do not show it react to it all the same.
_LAST_UPDATED = "coalesce(last_updated, '2000-01-01T00:00:00Z')"
_ColumnOf = Callable[[str], Column]


@dataclass(frozen=True, slots=True)
class Compiler:
    """Compiles for one schema; every method raises ``Refusal`` for what is wrong.

    Args:
        schema: the names that a record may have.
        percent_like: ``like`` takes ``%`` as it takes ``*``. Otherwise a condition
            with ``%`` is ignored, as was seen on a tenant in 2026.
    """

    schema: Schema
    percent_like: bool = False

    def conditions(self, text: str) -> Sql:
        """Compile ``conditions``."""
        return self._compile(_parsed(text), self._column)

    def child_conditions(self, text: str) -> Sql:
        """Compile ``childConditions``: a group is about one element of its list."""
        return self._children(_parsed(text, takes_in=False))

    def custom_field_conditions(self, text: str) -> Sql:
        """Compile ``customFieldConditions``: one custom field fulfils all of it."""
        found = self.schema.find("customFields")
        if found is None:
            raise unknown_name("customFields")
        return self._element(found[0], _parsed(text, takes_in=False), is_inside=True)

    def order_by(self, text: str) -> Sql:
        """Compile ``orderBy`` into a list of terms, ending in the id."""
        terms = [self._term(part.strip()) for part in text.split(",") if part.strip()]
        return joined([*terms, Sql("id")], ", ")

    def _term(self, part: str) -> Sql:
        name, _, direction = part.partition(" ")
        order = direction.strip().lower()
        if order not in {"", "asc", "desc"}:
            raise unknown_name(part)
        column = self._column(name)
        collation = " collate nocase" if column.type == "string" else ""
        return sql(f"{{}}{collation} {order}", column.sql)

    def _column(self, path: str) -> Column:
        name = path.lower()
        if name == "lastupdated":
            return Column(Sql(_LAST_UPDATED), DATETIME)
        if name == "id":
            return Column(Sql("id"), "integer")
        found = self.schema.find(*path.split("/"))
        if name == "dateentered" and found is None:
            return _extracted("body", "$._info.dateEntered", DATETIME)
        if found is None or found[-1].is_list:
            raise unknown_name(path)
        return _extracted("body", _json_path(found), _type(found[-1]))

    def _compile(self, expression: Expression, column_of: _ColumnOf) -> Sql:
        if isinstance(expression, Both | Either):
            parts = [self._compile(part, column_of) for part in expression.parts]
            return _combined(expression, parts)
        return self._condition(expression, column_of(expression.path))

    def _condition(self, condition: Condition, column: Column) -> Sql:
        match condition:
            case Comparison(path, operator, value):
                if column.type == _OBJECT and value is not None:
                    raise unknown_name(path)
                return compare(column, operator, value)
            case Membership(_, values, is_negated):
                return is_member(column, values, is_negated=is_negated)
            case _:
                return matches(column, condition, percent_like=self.percent_like)

    def _children(self, expression: Expression) -> Sql:
        lists = {path.split("/")[0].lower() for path in _paths(expression)}
        if len(lists) == 1:
            found = self.schema.find(lists.pop())
            if found is None or not found[0].is_list:
                raise unknown_name(next(_paths(expression)))
            return self._element(found[0], expression, is_inside=False)
        if not isinstance(expression, Both | Either):
            raise malformed_condition("The childConditions name no list.")
        parts = [self._children(part) for part in expression.parts]
        return _combined(expression, parts)

    def _element(self, field: Field, expression: Expression, *, is_inside: bool) -> Sql:
        """Some element of the list fulfils the expression.

        Args:
            field: the list.
            expression: conditions on an element.
            is_inside: paths begin inside the element, not with the list's name.
        """

        def column_of(path: str) -> Column:
            names = path.split("/") if is_inside else path.split("/")[1:]
            if not names and field.schema is None:
                return Column(Sql("element.value"), field.type)
            found = field.schema.find(*names) if names and field.schema else None
            if found is None or found[-1].is_list or found[-1].schema:
                raise unknown_name(path)
            return _extracted("element.value", _json_path(found), found[-1].type)

        return sql(
            "exists (select 1 from json_each(body, ?) as element where {})",
            f"$.{field.name}",
            self._compile(expression, column_of),
        )


def _parsed(text: str, *, takes_in: bool = True) -> Expression:
    try:
        expression = parse(text)
    except ConditionError as error:
        raise malformed_condition(str(error)) from None
    if not takes_in and any(isinstance(c, Membership) for c in _leaves(expression)):
        raise malformed_condition("The operator in is for conditions only.")
    return expression


def _leaves(expression: Expression) -> Iterator[Condition]:
    if isinstance(expression, Both | Either):
        for part in expression.parts:
            yield from _leaves(part)
    else:
        yield expression


def _paths(expression: Expression) -> Iterator[str]:
    return (leaf.path for leaf in _leaves(expression))


def _combined(expression: Both | Either, parts: list[Sql]) -> Sql:
    return chained(parts, "and" if isinstance(expression, Both) else "or")


def _type(field: Field) -> str:
    return _OBJECT if field.schema else field.type


def _json_path(fields: tuple[Field, ...]) -> str:
    return "$." + ".".join(field.name for field in fields)


def _extracted(source: str, path: str, kind: str) -> Column:
    return Column(sql(f"json_extract({source}, ?)", path), kind)
