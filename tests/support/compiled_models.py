"""Models on other rows, without dbt: the SQL that it compiled for an empty tenant.

dbt needs a second for every ten models, however few rows they have. Where a test asks
what the marts say of its rows, not how dbt builds them, their SQL is run again on a
copy of the empty build, in the order of dbt's graph, into the tables that are there.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

from pipelines.warehouse.connection import Connection

_FIRST_VERSIONS = """
    select *, md5(cast(row_number() over () as varchar)) as version_id,
        seen_at as recorded_at, seen_at as valid_from, null as valid_to
    from ({sql})
"""


@dataclass(frozen=True, slots=True)
class Model:
    """What dbt compiled of one model or snapshot.

    Attributes:
        is_table: whether its rows are stored.
        above: dbt's unique ids of what it reads.
    """

    name: str
    relation: str
    sql: str
    is_table: bool
    above: tuple[str, ...]

    def rebuild(self, connection: Connection, sql: str | None = None) -> None:
        """Fill the table anew, from other SQL if some is given."""
        connection.execute(f"delete from {self.relation}")
        self.add(connection, sql)

    def add(self, connection: Connection, sql: str | None = None) -> None:
        """Add rows to the table, as an increment does."""
        try:
            connection.execute(f"insert into {self.relation} by name {sql or self.sql}")
        except Exception as error:
            raise AssertionError(f"{self.name} cannot be built: {error}") from error


class CompiledModels:
    """What dbt compiled in one build; without snapshots unless asked for."""

    def __init__(self, manifest: Path, *, snapshots: bool = False) -> None:
        self._nodes: Mapping[str, Any] = json.loads(manifest.read_bytes())
        self._kinds = ("model", "snapshot") if snapshots else ("model",)

    @cached_property
    def by_id(self) -> Mapping[str, Model]:
        """By dbt's unique id; a snapshot's rows are all first versions."""
        return {
            key: _model(node)
            for key, node in self._nodes["nodes"].items()
            if node["resource_type"] in self._kinds and "compiled_code" in node
        }

    @cached_property
    def names(self) -> Mapping[str, tuple[str, str]]:
        """Of every model, seed and source, its name without and with the schema."""
        nodes = {**self._nodes["nodes"], **self._nodes["sources"]}
        return {
            key: (node["name"], f"{node['schema']}.{node['name']}")
            for key, node in nodes.items()
        }

    def in_order(self, names: Iterable[str]) -> Iterator[str]:
        """Ids of the named models and of all that stands above them, sources first."""
        wanted = set(names)
        reached = [key for key, one in self.by_id.items() if one.name in wanted]
        graph: dict[str, tuple[str, ...]] = {}
        while reached:
            key = reached.pop()
            if key in self.by_id and key not in graph:
                graph[key] = self.by_id[key].above
                reached.extend(graph[key])
        return TopologicalSorter(graph).static_order()

    def rebuild(self, connection: Connection) -> None:
        """Fill every table anew from the rows that raw has now."""
        for key in self.in_order(one.name for one in self.by_id.values()):
            model = self.by_id.get(key)
            if model and model.is_table:
                model.rebuild(connection)

    def failing_tests(self, connection: Connection) -> dict[str, tuple[str, int]]:
        """Severity and failing rows of each data test that does not pass."""
        failing = {}
        for node in self._nodes["nodes"].values():
            if node["resource_type"] != "test":
                continue
            counted = f"select count(*) from ({node['compiled_code']})"
            ((rows,),) = connection.execute(counted).fetchall()
            if rows:
                failing[node["name"]] = (node["config"]["severity"].lower(), rows)
        return failing


def _model(node: Mapping[str, Any]) -> Model:
    sql = node["compiled_code"]
    is_snapshot = node["resource_type"] == "snapshot"
    stored = ("table", "incremental", "snapshot")
    return Model(
        name=node["name"],
        relation=node["relation_name"],
        sql=_FIRST_VERSIONS.format(sql=sql) if is_snapshot else sql,
        is_table=node["config"]["materialized"] in stored,
        above=tuple(node["depends_on"]["nodes"]),
    )
