"""What to do with a page that the strict decoder refuses.

Unknown names go, value and all, into ``_extra`` and are reported as drift. A record
with a cell that does not fit is asked of its pydantic model: what the model can read
lands, the rest is quarantined with the model's exact error. Every other record of the
page lands as usual.
"""

from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import msgspec
import pydantic

from pipelines.connectwise import Page
from pipelines.connectwise.entities import Entity
from pipelines.ingest.shapes import (
    Habits,
    Path,
    Tree,
    field_tree,
    shape_of,
    struct_of,
)
from pipelines.observability.redaction import HIDDEN, Redactor


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name that the model does not have: ``path`` such as ``status/Colour``."""

    path: str
    json_type: str


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A record that could not land, its error and its JSON.

    The JSON is as received, but without passwords and the like: unlike the landing
    pages, the table of such records is published.
    """

    record_id: int | None
    error: str
    record: str


@dataclass(slots=True)
class Salvaged:
    """What a page gave: decoded records, their unknown fields, and the refused."""

    records: list[Any] = field(default_factory=list)
    extras: list[str | None] = field(default_factory=list)
    unknown: tuple[Unknown, ...] = ()
    quarantined: tuple[Quarantined, ...] = ()


@dataclass(slots=True)
class _Split:
    """Splits a record into known and unknown names, noting the unknown ones."""

    habits: Habits
    unknown: dict[str, Unknown] = field(default_factory=dict)

    def split(self, value: Any, tree: Any, path: Path = ()) -> Any:
        """``(known, extra)`` of one JSON value; ``extra`` is empty if all is known."""
        if isinstance(tree, dict) and isinstance(value, dict):
            return self._split_object(value, tree, path)
        if isinstance(tree, list) and isinstance(value, list):
            pairs = [self.split(item, tree[0], path) for item in value]
            extras = [extra for _, extra in pairs]
            return [known for known, _ in pairs], extras if any(extras) else {}
        return value, {}

    def _split_object(
        self, value: dict[str, Any], tree: Tree, path: Path
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        known: dict[str, Any] = {}
        extra: dict[str, Any] = {}
        for sent, item in value.items():
            name = self._ours(sent, value, tree, path)
            if name not in tree:
                self._note(name, item, path, extra)
            elif item is not None:
                known[name], inner = self.split(item, tree[name], (*path, name))
                if inner:
                    extra[name] = inner
        return known, extra

    def _ours(self, sent: str, value: dict[str, Any], tree: Tree, path: Path) -> str:
        """The model's name for ``sent``: it may be spelled in another case."""
        if sent in tree:
            return sent
        for name in tree:
            if name.lower() == sent.lower() and name not in value:
                self.habits.spellings[*path, name] = sent
                return name
        return sent

    def _note(self, name: str, item: Any, path: Path, extra: dict[str, Any]) -> None:
        if path and path[-1] == "_info" and name.endswith("_href"):
            links = self.habits.links
            links[path] = links.get(path, frozenset()) | {name}
            return
        extra[name] = item
        where = "/".join((*path, name))
        self.unknown.setdefault(where, Unknown(where, type(item).__name__))


def learn(
    entity: Entity, page: Page, habits: Habits, *, most: int | None = None
) -> bool:
    """Add the page's link names and spellings to ``habits``; whether any was new.

    Args:
        entity: what the page is of.
        page: what is looked at.
        habits: what is added to.
        most: look at so many records; ``None`` looks at all.
    """
    before = deepcopy(habits)
    split, tree = _Split(habits), field_tree(shape_of(entity))
    for raw in _raw_records(page)[:most]:
        with suppress(msgspec.DecodeError):  # ``salvage`` tells of it.
            split.split(msgspec.json.decode(raw), tree)
    return habits != before


def salvage(entity: Entity, page: Page) -> Salvaged:
    """Decode a page record by record."""
    shape = shape_of(entity)
    split, tree, struct = (
        _Split(Habits()),
        field_tree(shape),
        struct_of(shape, Habits()),
    )
    saved = Salvaged()
    refused: list[Quarantined] = []
    for raw in _raw_records(page):
        known: Any = None
        try:
            known, extra = split.split(msgspec.json.decode(raw), tree)
            record = _convert(entity, struct, known, tree)
        except (pydantic.ValidationError, msgspec.ValidationError) as error:
            refused.append(_quarantined(known, error, raw))
            continue
        saved.records.append(record)
        saved.extras.append(_json(extra) if extra else None)
    saved.unknown = tuple(split.unknown.values())
    saved.quarantined = tuple(refused)
    return saved


def _raw_records(page: Page) -> list[msgspec.Raw]:
    records: list[msgspec.Raw] = msgspec.json.decode(
        page.content, type=list[msgspec.Raw]
    )
    return records


def _json(extra: Any) -> str:
    return msgspec.json.encode(extra, order="deterministic").decode()


def _convert(entity: Entity, struct: Any, known: Any, tree: Tree) -> Any:
    try:
        return msgspec.convert(known, struct)
    except msgspec.ValidationError:
        model = entity.model.model_validate(known)
        normal = model.model_dump(mode="json", by_alias=True, exclude_unset=True)
        return msgspec.convert(_Split(Habits()).split(normal, tree)[0], struct)


def _quarantined(
    known: Any, error: pydantic.ValidationError | msgspec.ValidationError, raw: Any
) -> Quarantined:
    key = known.get("id") if isinstance(known, dict) else None
    return Quarantined(
        record_id=key if isinstance(key, int) and abs(key) < 2**63 else None,
        error="; ".join(_reasons(error)),
        record=_without_secrets(bytes(raw)),
    )


def _without_secrets(raw: bytes) -> str:
    text, redactor = raw.decode("utf-8", errors="replace"), Redactor()
    try:
        record = msgspec.json.decode(raw)
    except msgspec.DecodeError:
        return redactor.text(text)
    hidden = without_passwords(record)
    return text if hidden == record else msgspec.json.encode(hidden).decode()


def without_passwords(record: Any) -> Any:
    """A record to be shown to people, without passwords and the like."""
    hidden = Redactor().value(record)
    for item in _password_fields(hidden):
        item["value"] = HIDDEN
    return hidden


def _password_fields(record: Any) -> Iterator[dict[str, Any]]:
    fields = record.get("customFields") if isinstance(record, dict) else None
    for item in fields if isinstance(fields, list) else ():
        if isinstance(item, dict) and item.get("type") == "Password":
            yield item


def _reasons(
    error: pydantic.ValidationError | msgspec.ValidationError,
) -> Iterator[str]:
    if isinstance(error, msgspec.ValidationError):
        yield str(error)
        return
    for item in error.errors(include_url=False, include_context=False):
        yield f"{'/'.join(str(part) for part in item['loc'])}: {item['msg']}"
