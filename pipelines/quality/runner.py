"""Run the suites on the candidate build file and keep their Data Docs.

Batches are fetched by SQL and handed over as pandas frames: Great Expectations'
own way to DuckDB fails on every expectation. The file is closed before Great
Expectations is imported, which takes seconds.
"""

import math
import os
import shutil
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipelines.errors import WarehouseError
from pipelines.observability.outcomes import CheckOutcome, OutcomeStatus
from pipelines.quality.rules import Frame, Rule, Suite
from pipelines.settings import Settings
from pipelines.warehouse.connection import connect
from pipelines.warehouse.queries import query

if TYPE_CHECKING:
    import pandas as pd  # type: ignore[import-untyped]


# What Great Expectations is given of one frame; more would cost and tell nothing new.
MOST_ROWS = 50_000


@dataclass(frozen=True, slots=True)
class _Batch:
    """Rows of one frame, or the reason why they could not be read."""

    suite: Suite
    frame: Frame
    rows: "pd.DataFrame | None"
    problem: str = ""

    @property
    def title(self) -> str:
        return f"{self.suite.asset} {self.frame.title}"


def run_suites(settings: Settings, suites: Sequence[Suite]) -> list[CheckOutcome]:
    """Check the build file; one outcome for every rule, in ``check_specs`` order.

    Of a large frame a sample is looked at, always the same one of the same rows. A
    mart without rows passes and says so; a frame that cannot be read gives outcomes
    with status ``error`` instead of an exception. Data Docs of this run replace the
    last ones in ``settings.warehouse.data_docs_dir``.

    Raises:
        WarehouseBusyError: another process holds the build file.
        WarehouseError: there is no build file.
    """
    batches = _fetch(settings, suites)
    context = _context()
    outcomes = [outcome for batch in batches for outcome in _check(context, batch)]
    _write_data_docs(context, settings.warehouse.data_docs_dir)
    return outcomes


def _sampled(frame: Frame) -> str:
    """The frame's rows in a fixed order, so that examples are always the same."""
    rows = f"select * from ({frame.sql}) as rows order by hash(rows) limit {MOST_ROWS}"  # noqa: S608
    return f"select * from ({rows}) order by all"  # noqa: S608  # Our own suite.


def _fetch(settings: Settings, suites: Sequence[Suite]) -> list[_Batch]:
    batches = []
    with connect(settings.warehouse.build_file) as connection:
        for suite in suites:
            for frame in suite.frames:
                try:
                    batch = _Batch(suite, frame, query(connection, _sampled(frame)))
                except WarehouseError as error:
                    batch = _Batch(suite, frame, None, str(error))
                batches.append(batch)
    return batches


def _context() -> Any:
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    with warnings.catch_warnings():
        # Its dependencies still import modules that Python has deprecated.
        warnings.simplefilter("ignore", DeprecationWarning)
        import great_expectations

    context: Any = great_expectations.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    return context


def _check(context: Any, batch: _Batch) -> Iterator[CheckOutcome]:
    if batch.rows is None:
        for rule in batch.frame.rules:
            yield _outcome(batch, rule, status="error", message=batch.problem)
        return
    results = _validate(context, batch)
    for rule in batch.frame.rules:
        yield _judge(batch, rule, results[rule.name])


def _validate(context: Any, batch: _Batch) -> dict[str, Any]:
    """Results by rule name; it returns them in an order of its own."""
    from great_expectations import (
        ExpectationSuite,
        ValidationDefinition,
        expectations,
    )

    suite = ExpectationSuite(
        batch.title,
        expectations=[
            getattr(expectations, rule.expectation)(
                **rule.arguments, meta={"name": rule.name}, notes=rule.means
            )
            for rule in batch.frame.rules
        ],
    )
    asset = context.data_sources.add_pandas(batch.title).add_dataframe_asset("rows")
    definition = ValidationDefinition(
        name=batch.title,
        data=asset.add_batch_definition_whole_dataframe("all"),
        suite=context.suites.add(suite),
    )
    run = context.validation_definitions.add(definition).run(
        batch_parameters={"dataframe": batch.rows}
    )
    return {result.expectation_config.meta["name"]: result for result in run.results}


def _judge(batch: _Batch, rule: Rule, result: Any) -> CheckOutcome:
    if batch.rows is None or batch.rows.empty:
        return _outcome(batch, rule, status="passed", message="No rows to check.")
    if result.success:
        return _outcome(batch, rule, status="passed")
    if "unexpected_count" not in result.result:
        return _outcome(
            batch, rule, status="error", message=_exception_of(result.exception_info)
        )
    broken = int(result.result["unexpected_count"])
    status: OutcomeStatus = "failed" if rule.severity == "error" else "warned"
    return _outcome(
        batch, rule, status=status, failed_rows=broken, message=_tell(rule, result)
    )


def _tell(rule: Rule, result: Any) -> str:
    broken = result.result["unexpected_count"]
    of_all = result.result["element_count"]
    examples = [
        _plain(value) for value in result.result.get("partial_unexpected_list", [])
    ]
    seen = ", ".join(example for example in examples[:3] if example)
    if of_all == 1:
        return f"{rule.means} It is {seen or 'missing'}."
    example = f" (such as {seen})" if seen else ""
    return f"{rule.means} {broken:,} of {of_all:,} rows break it{example}."


def _plain(value: Any) -> str:
    """A value for people; empty for a null of any kind."""
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.2f}".rstrip("0").rstrip(".")
    text = str(value)
    return "" if text in {"None", "<NA>", "NaT"} else text


def _exception_of(info: dict[str, Any]) -> str:
    parts = [info] if "raised_exception" in info else list(info.values())
    reasons = sorted({str(part.get("exception_message")) for part in parts})
    return f"The check could not be run ({'; '.join(reasons)})."


def _outcome(
    batch: _Batch,
    rule: Rule,
    *,
    status: OutcomeStatus,
    message: str = "",
    failed_rows: int = 0,
) -> CheckOutcome:
    return CheckOutcome(
        asset=batch.suite.asset,
        name=rule.name,
        status=status,
        severity=rule.severity,
        failed_rows=failed_rows,
        message=message,
    )


def _write_data_docs(context: Any, folder: Path) -> None:
    """Build beside and swap, so that a page that is open never loses its parts."""
    fresh = folder.with_name(f".tmp-{folder.name}")
    shutil.rmtree(fresh, ignore_errors=True)
    context.add_data_docs_site(
        "local",
        {
            "class_name": "SiteBuilder",
            "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
            "store_backend": {
                "class_name": "TupleFilesystemStoreBackend",
                "base_directory": str(fresh),
            },
        },
    )
    context.build_data_docs(["local"])
    shutil.rmtree(folder, ignore_errors=True)
    fresh.rename(folder)
