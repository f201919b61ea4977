"""The entity pages: an index, and one page per entity with its raw columns."""

from collections.abc import Iterator, Mapping

from pipelines.cli.reference.markdown import code, table
from pipelines.connectwise.entities import ENTITIES, Entity
from pipelines.connectwise.entities.columns import (
    FieldType,
    RawField,
    child_lists_of,
    fields_of,
)

INTRO = """\
# Entities

What is read from ConnectWise PSA. Each entity is one raw table in the schema
`connectwise_raw` of the build file, with a child table for each list in its records.
Beside the columns of the API, every table has `_row_hash` (over the source record),
`_synced_at` (when the row last changed here), `_extra` (fields that the model does not
know, as JSON) and `_dlt_load_id`, `_dlt_id`; tables read per parent have `_parent_id`.
"""
_TYPES = {
    FieldType.INTEGER: "BIGINT",
    FieldType.DOUBLE: "DOUBLE",
    FieldType.BOOLEAN: "BOOLEAN",
    FieldType.TIMESTAMP: "TIMESTAMPTZ",
    FieldType.TEXT: "VARCHAR",
}


def render() -> Mapping[str, str]:
    """Markdown by path below ``docs/reference``."""
    pages = {f"entities/{name}.md": _page(e) for name, e in ENTITIES.items()}
    return {"entities.md": _index(), **pages}


def _index() -> str:
    rows = (
        (
            f"[{entity.name}](entities/{entity.name}.md)",
            code(entity.path),
            _read(entity),
            entity.tier.value,
            str(len(fields_of(entity.model))),
        )
        for entity in ENTITIES.values()
    )
    headings = ("entity", "path of the API", "read", "tier", "columns")
    return f"{INTRO}\n{table(headings, rows)}"


def _read(entity: Entity) -> str:
    how = "what changed" if entity.incremental else "in full"
    return f"{how}, per record of {entity.parent}" if entity.parent else how


def _page(entity: Entity) -> str:
    origin = (
        f"Read from `{entity.path}` ({_read(entity)}; {entity.paging.value} paging) "
        f"into `connectwise_raw.{entity.name}`.\n"
    )
    parts = [
        f"# {entity.title}\n",
        f"{_about(entity)}\n",
        origin,
        table(("column", "type", "field of the API", "meaning"), _rows(entity)),
    ]
    for child in child_lists_of(entity.model):
        parts.append(f"## `connectwise_raw.{entity.name}__{child.name}`\n")
        about = child.description or f"The list `{'.'.join(child.path)}` of a record."
        parts.append(f"{about} One row per element: `_parent_id`, `_position` and\n")
        parts.append(
            table(
                ("column", "type", "field of the API", "meaning"), _cells(child.fields)
            )
        )
    return "\n".join(parts)


def _about(entity: Entity) -> str:
    return (entity.model.__doc__ or "").strip().split("\n\n")[0].replace("``", "`")


def _rows(entity: Entity) -> Iterator[tuple[str, str, str, str]]:
    yield from _cells(fields_of(entity.model))


def _cells(fields: tuple[RawField, ...]) -> Iterator[tuple[str, str, str, str]]:
    for field in fields:
        kind = "VARCHAR (JSON)" if field.is_json else _TYPES[field.type]
        yield code(field.name), kind, code(".".join(field.path)), _meaning(field)


def _meaning(field: RawField) -> str:
    known = ", ".join(field.known_values)
    parts = (
        field.description,
        f"Unit: {field.unit}." if field.unit else "",
        f"One of {known}." if known else "",
    )
    return " ".join(part for part in parts if part)
