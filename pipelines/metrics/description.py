"""A KPI in plain text: what ``cwp kpi show`` prints."""

import textwrap
from collections.abc import Iterator

from pipelines.metrics.catalogue import definition, formula, marts_of
from pipelines.metrics.published import Published
from pipelines.metrics.questions import (
    Question,
    check_metrics,
    filters_of,
    group_bys,
)

_WIDTH = 88


def describe(published: Published, name: str) -> str:
    """Everything there is to know about one metric.

    Raises:
        UnknownNameError: there is no such metric.
    """
    manifest = published.manifest
    published.check((name,))
    check_metrics(manifest, (name,))
    one = definition(manifest.metrics[name])
    by = group_bys(manifest, (name,))
    title = f"{one.label} ({one.name})"
    parts = {
        "KPI": str(one.kpi) if one.kpi else "",
        "unit": one.unit,
        "better": "" if one.better == "none" else one.better,
        "owner": one.owner,
        "grain": one.grain,
        "also called": ", ".join(one.aliases),
        "beware": one.pitfalls,
        "source": ", ".join(marts_of(manifest, name)),
        "cut by": ", ".join(by),
        "filter, too": ", ".join(filters_of(manifest, (name,))),
    }
    finest = "month" if "month" in by else by[0]
    compiled = published.compile(Question((name,), (finest,)))
    return "\n".join(
        [
            title,
            textwrap.fill(one.description, _WIDTH),
            "",
            *_listed(parts),
            "",
            "formula",
            *(f"  {line}" for line in formula(manifest, name)),
            "",
            f"SQL by {finest}",
            textwrap.indent(_without_comments(compiled.sql), "  "),
        ]
    )


def _listed(parts: dict[str, str]) -> Iterator[str]:
    indent = 2 + max(map(len, parts))
    for name, text in parts.items():
        if text:
            yield textwrap.fill(
                f"{name:<{indent}}{text}", _WIDTH, subsequent_indent=" " * indent
            )


def _without_comments(sql: str) -> str:
    lines = sql.splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("--"))
