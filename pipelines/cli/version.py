"""``cwp version``: what is installed, for a bug report."""

import platform
from importlib.metadata import version

import typer

from pipelines.cli.examples import examples

LIBRARIES = ("dlt", "duckdb", "dbt-core", "dagster", "great-expectations")


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("version", epilog=examples("cwp version"))(show_version)


def show_version() -> None:
    """Print the versions that a bug report needs."""
    ours = version("connectwise-pipelines")
    typer.echo(f"connectwise-pipelines {ours}, Python {platform.python_version()}")
    typer.echo(", ".join(f"{name} {version(name)}" for name in LIBRARIES))
