"""``cwp docs``: the generated pages of ``docs/reference``."""

from typing import Annotated

import typer

from pipelines.cli.examples import examples


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("docs", epilog=examples("cwp docs", "cwp docs --check"))(docs)


def docs(
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail if a page is stale.")
    ] = False,
) -> None:
    """Write the generated reference pages."""
    from pipelines.cli.reference.pages import render_pages, stale, write
    from pipelines.errors import DocumentationError
    from pipelines.settings import PROJECT_DIR, load_settings

    folder = PROJECT_DIR / "docs" / "reference"
    pages = render_pages(load_settings())
    if not check:
        touched = write(folder, pages)
        typer.echo(f"{len(touched)} of {len(pages)} pages were stale and are written.")
        return
    if old := stale(folder, pages):
        raise DocumentationError(
            f"Generated pages are stale ({', '.join(old)}); run `cwp docs` and commit."
        )
    typer.echo(f"All {len(pages)} generated pages are up to date.")
