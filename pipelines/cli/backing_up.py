"""``cwp backup``, ``cwp restore`` and ``cwp restore-drill``.

What a backup holds is ``pipelines.warehouse.backup``'s business; here the warehouse is
held for writing, progress is shown, and what was done is told in sentences.
"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.cli.examples import examples

if TYPE_CHECKING:
    from pipelines.settings import Settings
    from pipelines.warehouse.backup import Backup

_LATEST = "latest"


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.command(
        "backup", epilog=examples("cwp backup", "cwp backup --to /mnt/vault/psa")
    )(backup)
    app.command(
        "restore",
        epilog=examples(
            "cwp restore latest",
            "cwp restore /mnt/vault/psa/connectwise-20260331T210000000000Z --yes",
        ),
    )(restore)
    app.command("restore-drill", epilog=examples("cwp restore-drill"))(restore_drill)


def backup(
    *,
    to: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Where backups go; by default warehouse/backups."
        ),
    ] = None,
) -> None:
    """Copy raw tables, history, meta and the landing's index, with their hashes.

    Holds back other runs while it copies. A backup is whole or not there at all.
    """
    from pipelines.cli.context import settings_with_logs
    from pipelines.orchestration.session import writer_lock

    settings = settings_with_logs()
    place = to.expanduser().absolute() if to else settings.warehouse.backups_dir
    with writer_lock(settings):
        done = _made(settings, place)
    _tell("Backed up", done)
    typer.echo(str(done.folder))


def restore(
    source: Annotated[
        str,
        typer.Argument(
            metavar="FROM", help="A folder that `cwp backup` has written, or latest."
        ),
    ],
    *,
    yes: Annotated[
        bool, typer.Option("--yes", help="Replace what the warehouse holds.")
    ] = False,
) -> None:
    """Put a backup in the place of the build file; `cwp run` then builds the marts.

    Every file and every table is compared with its hash first, and nothing is replaced
    unless all are as they were. What is published stays until the next run.
    """
    from pipelines.cli.context import settings_with_logs
    from pipelines.observability.progress import showing
    from pipelines.orchestration.session import writer_lock
    from pipelines.warehouse import backup as backups
    from pipelines.warehouse.restoring import restore as bring_back

    settings = settings_with_logs()
    kept = settings.warehouse.backups_dir
    folder = backups.newest(kept) if source == _LATEST else Path(source).expanduser()
    with writer_lock(settings), showing() as progress:
        done = bring_back(settings, folder, overwrite=yes, progress=progress)
    _tell("Restored", done)
    typer.echo("`cwp run` reads what is new since and builds the marts.")


def restore_drill() -> None:
    """Back up, restore into an empty folder, and compare every table by its hash.

    Leaves nothing behind, and touches neither the warehouse nor its backups.
    """
    from pipelines.cli.context import settings_with_logs
    from pipelines.errors import BackupError
    from pipelines.observability.progress import showing
    from pipelines.orchestration.session import writer_lock
    from pipelines.warehouse.restoring import differences
    from pipelines.warehouse.restoring import restore as bring_back

    settings = settings_with_logs()
    warehouse = settings.warehouse
    warehouse.backups_dir.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=warehouse.backups_dir, prefix=".tmp-drill-") as folder:
        there = warehouse.model_copy(update={"dir": Path(folder) / "restored"})
        empty = settings.model_copy(update={"warehouse": there})
        with writer_lock(settings):
            done = _made(settings, Path(folder))
            with showing() as progress:
                bring_back(empty, done.folder, overwrite=False, progress=progress)
            other = differences(warehouse.build_file, there.build_file)
        if other:
            raise BackupError(
                f"{len(other)} table(s) did not come back as they were, "
                f"{other[0].name} first: {other[0].rows_here} rows here, "
                f"{other[0].rows_there} restored."
            )
        _tell("Restored into an empty folder and found alike", done)


def _made(settings: "Settings", to: Path) -> "Backup":
    from pipelines.observability.progress import showing
    from pipelines.warehouse.backup import backup as make

    with showing() as progress:
        return make(settings, to=to, progress=progress)


def _tell(what: str, done: "Backup") -> None:
    manifest = done.manifest
    as_of = f"{manifest.as_of:%Y-%m-%d %H:%M} UTC" if manifest.as_of else "no run yet"
    size = done.size_bytes / 1e6
    typer.echo(
        f"{what}: {len(manifest.tables)} tables, {manifest.rows:,} rows, as of {as_of} "
        f"({size:,.1f} MB)."
    )
