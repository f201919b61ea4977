"""Report files, made from the published copy as the last step."""

import dagster as dg

from pipelines.orchestration.errors import readable
from pipelines.orchestration.keys import PUBLISHED
from pipelines.orchestration.session import Session
from pipelines.reports.builder import build_report
from pipelines.reports.catalogue import CATALOGUE, ReportSpec


def report_assets() -> list[dg.AssetsDefinition]:
    """One asset per report of the catalogue."""
    return [_report_asset(spec) for spec in CATALOGUE.values()]


def _report_asset(spec: ReportSpec) -> dg.AssetsDefinition:
    @dg.asset(
        key=dg.AssetKey(["report_files", spec.name]),
        deps=[PUBLISHED],
        group_name="report_files",
        kinds={"html", "csv"},
        description=spec.title,
    )
    def report(session: dg.ResourceParam[Session]) -> dg.MaterializeResult[None]:
        session.progress.start("report", None)
        with readable():
            files = build_report(session.settings, spec.name)
        session.progress.advance("report", len(files))
        session.progress.finish("report", spec.title)
        session.ledger.files += files
        return dg.MaterializeResult(
            metadata={path.suffix.lstrip("."): str(path) for path in files}
        )

    return report
