"""Reference pages of the entities, rendered from the registry and the models.

One Markdown page per entity and an index. The pages are kept in the repository; a
test compares them, so that they cannot go stale. Write them anew with
``python -m pipelines.connectwise.entities.documentation``.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pipelines.connectwise.entities import ENTITIES, Entity
from pipelines.connectwise.entities.columns import (
    ChildList,
    FieldType,
    RawField,
    child_lists_of,
    fields_of,
)

PAGES_DIR = Path(__file__).parents[3] / "docs" / "reference" / "entities"

_NOTICE = (
    "<!-- Rendered by pipelines/connectwise/entities/documentation.py; do not edit. -->"
)
_SQL_TYPES = {
    FieldType.INTEGER: "BIGINT",
    FieldType.DOUBLE: "DOUBLE",
    FieldType.BOOLEAN: "BOOLEAN",
    FieldType.TIMESTAMP: "TIMESTAMPTZ",
    FieldType.TEXT: "VARCHAR",
}


def render_pages() -> Mapping[str, str]:
    """Every page by file name."""
    pages = {f"{each.name}.md": _entity_page(each) for each in ENTITIES.values()}
    return {"index.md": _index_page(), **pages}


def write_pages(folder: Path = PAGES_DIR) -> None:
    """Write every page and remove pages of entities that are gone."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = render_pages()
    for path in folder.glob("*.md"):
        if path.name not in pages:
            path.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")


def stale_pages(folder: Path = PAGES_DIR) -> tuple[str, ...]:
    """Names of pages that are missing, outdated or no longer wanted."""
    wanted = render_pages()
    found = {path.name: path.read_text("utf-8") for path in folder.glob("*.md")}
    names = sorted(wanted.keys() | found.keys())
    return tuple(name for name in names if wanted.get(name) != found.get(name))


def _index_page() -> str:
    lines = (
        "# Entities",
        "",
        _NOTICE,
        "",
        "What is read from ConnectWise PSA, and the raw tables it lands in (schema",
        "`connectwise_raw`). Column names are the API's names in snake case; nested",
        "references are joined with `__`. Lists of a record land in child tables of",
        "their own, with the key of their record in `_parent_id` and their place in",
        "`_position`; entities with a parent carry the parent's key in `_parent_id`",
        "too. Fields that are not listed here are kept in `_extra`.",
        "",
        *_index_sections(),
    )
    return "\n".join(lines)


def _index_sections() -> Iterator[str]:
    sections = dict.fromkeys(entity.section for entity in ENTITIES.values())
    for section in sections:
        listed = [each for each in ENTITIES.values() if each.section == section]
        yield f"## {section.capitalize()}"
        yield ""
        head = ("Entity", "Table", "Path", "Read", "Tier", "Columns")
        yield from _table(head, map(_index_row, listed))
        yield ""


def _index_row(entity: Entity) -> tuple[str, ...]:
    return (
        f"[{entity.title}]({entity.name}.md)",
        f"`{entity.name}`",
        f"`{entity.path}`",
        _how_it_is_read(entity),
        entity.tier.value,
        str(len(fields_of(entity.model))),
    )


def _entity_page(entity: Entity) -> str:
    lines = [f"# {entity.title}", "", _NOTICE, "", *_facts(entity), "", "## Columns"]
    lines += ["", *_columns(fields_of(entity.model)), ""]
    for child in child_lists_of(entity.model):
        lines += [*_child_section(entity, child), ""]
    return "\n".join(lines)


def _facts(entity: Entity) -> Iterator[str]:
    counted = f"`{entity.path}/count`" if entity.has_count else "cannot be counted"
    parent = f"[{entity.parent}]({entity.parent}.md)" if entity.parent else "none"
    facts = (
        ("Table", f"`connectwise_raw.{entity.name}`"),
        ("Path", f"`{entity.path}`"),
        ("Key", f"`{entity.key}`"),
        ("Parent", parent),
        ("Read", _how_it_is_read(entity)),
        ("Paging", entity.paging.value),
        ("Count", counted),
        ("Tier", entity.tier.value),
    )
    return _table(("Fact", "Value"), facts)


def _how_it_is_read(entity: Entity) -> str:
    extent = "changes since `lastUpdated`" if entity.incremental else "in full"
    return f"{extent}, one call per parent" if entity.parent else extent


def _child_section(entity: Entity, child: ChildList) -> Iterator[str]:
    yield f"## Child table `{entity.name}__{child.name}`"
    yield ""
    grain = f"One row per element of `{'.'.join(child.path)}`."
    yield f"{grain} {child.description}".strip()
    yield ""
    yield from _columns(child.fields)


def _columns(fields: Iterable[RawField]) -> Iterator[str]:
    rows = (
        (
            f"`{field.name}`",
            _SQL_TYPES[field.type],
            f"`{'.'.join(field.path)}`" if field.path else "the element",
            _meaning(field),
        )
        for field in fields
    )
    return _table(("Column", "Type", "In the API", "Meaning"), rows)


def _meaning(field: RawField) -> str:
    known = ", ".join(f"`{value}`" for value in field.known_values)
    parts = (
        field.description,
        f"Unit: {field.unit}." if field.unit else "",
        f"Known values: {known}." if known else "",
        "JSON where it is no text." if field.is_json else "",
    )
    return " ".join(part for part in parts if part)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield _row(head)
    yield _row(("---",) * len(head))
    for row in rows:
        yield _row(row)


def _row(cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


if __name__ == "__main__":
    write_pages()
