"""What a build has to make: everything, or only what follows from rows.

Views and seeds change with the project and the columns of the raw tables, never with
rows, and tables that are made by key stand on the SQL they were first made with. So the
build file keeps by what it was built; by anything else, it is built anew.
"""

from pipelines.settings import Settings
from pipelines.transform.project import build_arguments, fingerprint
from pipelines.warehouse.built_by import (
    built_by,
    drop_built_by,
    keep_built_by,
    raw_columns,
)


def begin_build(settings: Settings, *, whole: bool = True) -> list[str]:
    """The arguments of dbt for a build of all models, and of their data tests.

    Args:
        settings: of the warehouse.
        whole: False when only some models are asked for; dbt is told which elsewhere.
    """
    file = settings.warehouse.build_file
    if built_by(file) == _builder(settings):
        return build_arguments(again=True) if whole else ["build"]
    # A build that ends early leaves models of two projects in the file.
    drop_built_by(file)
    return ["build", "--full-refresh"]


def end_build(settings: Settings) -> None:
    """Keep that all models were built, and by what."""
    keep_built_by(settings.warehouse.build_file, _builder(settings))


def _builder(settings: Settings) -> str:
    return f"{fingerprint(settings)} {raw_columns(settings.warehouse.build_file)}"
