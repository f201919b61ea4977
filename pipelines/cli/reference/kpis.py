"""The KPIs' pages: what each one means, from the semantic manifest that dbt writes."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pipelines.cli.reference.markdown import table
from pipelines.metrics.catalogue import (
    Definition,
    definitions,
    formula,
    marts_of,
)
from pipelines.metrics.manifest import Manifest
from pipelines.metrics.questions import group_bys
from pipelines.settings import PROJECT_DIR, Settings

INDEX = """\
# KPIs

Every KPI once, as it is defined in `dbt_project/semantic`. `cwp kpi query` answers
them, `cwp kpi show` prints their SQL, and [Add a KPI](../../how_to/add_a_kpi.md) tells
how to write one. A KPI that is a level (a backlog, a balance) shows the last day of
each period; a rate is null where there is nothing to divide by.
"""
EXAMPLES = Path("tests", "kpis", "examples")
UP = "../../../"


def render(settings: Settings) -> Mapping[str, str]:
    """Markdown by path below ``docs/reference``: an index, and a page per owner.

    Raises:
        TransformError: the dbt project cannot be parsed.
    """
    from pipelines.transform.project import ensure_manifest

    ensure_manifest(settings)
    manifest = Manifest.read(settings.warehouse.semantic_manifest_file)
    kpis = [one for one in definitions(manifest) if not one.is_helper]
    pages = {
        f"kpis/{_file_of(owner)}": _page(
            manifest, owner, [k for k in kpis if k.owner == owner]
        )
        for owner in sorted({one.owner for one in kpis})
    }
    return {"kpis/index.md": _index(kpis), **pages}


def _file_of(owner: str) -> str:
    return f"{owner.replace(' ', '_')}.md"


def _index(kpis: Iterable[Definition]) -> str:
    rows = (
        (
            str(one.kpi or ""),
            f"[{one.label}]({_file_of(one.owner)}#{one.name})",
            f"`{one.name}`",
            one.unit,
            one.owner,
        )
        for one in kpis
    )
    return f"{INDEX}\n{table(('no.', 'KPI', 'metric', 'unit', 'owner'), rows)}"


def _page(manifest: Manifest, owner: str, kpis: Iterable[Definition]) -> str:
    title = f"# KPIs of {owner}\n"
    return "\n".join([title, *(_section(manifest, one) for one in kpis)])


def _section(manifest: Manifest, one: Definition) -> str:
    lines = "\n".join(formula(manifest, one.name))
    told = "\n".join(f"- **{name}**: {text}" for name, text in _facts(manifest, one))
    return (
        f"## {one.name}\n\n**{one.label}.** {one.description}\n\n"
        f"```text\n{lines}\n```\n\n{told}\n"
    )


def _facts(manifest: Manifest, one: Definition) -> Iterator[tuple[str, str]]:
    better = "" if one.better == "none" else f"; better {one.better}"
    yield "Unit", f"{one.unit}{better}"
    marts = ", ".join(f"`{mart}`" for mart in marts_of(manifest, one.name))
    yield "Source", f"{marts}, one row per {one.grain}"
    yield "Cut by", ", ".join(group_bys(manifest, (one.name,)))
    yield "Beware", one.pitfalls
    yield "Also called", ", ".join(one.aliases)
    if proof := _proof(one.name):
        yield "Proof", proof


def _proof(name: str) -> str:
    """Links to the worked examples, which a checkout has."""
    files = sorted((PROJECT_DIR / EXAMPLES).rglob(f"{name}*.yml"))
    mine = [file for file in files if file.stem.split("__")[0] == name]
    return ", ".join(
        f"[{file.stem}]({UP}{file.relative_to(PROJECT_DIR).as_posix()})"
        for file in mine
    )
