"""``cwp callbacks``: ask ConnectWise to tell of changes, or to stop.

The only verbs that write to a tenant; what they send is
``pipelines.connectwise.callbacks.registrar``'s business.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from pipelines.cli.examples import examples

if TYPE_CHECKING:
    from pipelines.connectwise.callbacks.registrar import (
        CallbackEntry,
        CallbackRegistrar,
    )

ROUTE = "/callbacks/connectwise"
RECORD = "recordId="

group = typer.Typer(
    name="callbacks",
    help="Ask ConnectWise to tell of changes as they happen.",
    epilog=examples(
        "cwp callbacks register --url https://dw.example.com",
        "cwp callbacks list",
        "cwp callbacks remove 26552 26553",
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    app.add_typer(group, name="callbacks")


@group.command(
    "register",
    epilog=examples(
        "cwp callbacks register --url https://dw.example.com",
        "cwp callbacks register --url https://dw.example.com --types ticket,time",
        "cwp callbacks register --url https://dw.example.com --dry-run",
    ),
)
def register_callbacks(
    *,
    url: Annotated[
        str,
        typer.Option(
            metavar="URL",
            help="Where `cwp api` is reached from outside; without a path, "
            f"{ROUTE} is added.",
        ),
    ],
    types: Annotated[
        str | None,
        typer.Option(
            metavar="T,T,…", help="Kinds of records; by default all that are read."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be registered.")
    ] = False,
) -> None:
    """Register callbacks, one for each kind of record.

    What is registered already stays as it is. This and `remove` are the only commands
    that write to ConnectWise.
    """
    wanted, target = _types(types), _target(url)
    with _registrar() as registrar:
        there = {e.type.lower(): e for e in registrar.entries() if e.url == target}
        for kind in wanted:
            known = there.get(kind)
            if known is not None:
                told = _known(known)
            elif dry_run:
                told = "would be registered"
            else:
                told = _made(registrar.register(kind, target))
            typer.echo(f"{kind:<16}{told}")
    typer.echo(f"Callbacks go to {target}")


@group.command("list", epilog=examples("cwp callbacks list"))
def list_callbacks() -> None:
    """List what is registered in ConnectWise, by whomever."""
    with _registrar() as registrar:
        entries = sorted(registrar.entries(), key=lambda entry: entry.id)
    for entry in entries:
        state = "switched off" if entry.is_inactive else "active"
        typer.echo(
            f"{entry.id:>8}  {entry.type:<16}{entry.level:<10}{state:<14}{entry.url}"
        )
    typer.echo(f"{len(entries)} {'callback' if len(entries) == 1 else 'callbacks'}")


@group.command("remove", epilog=examples("cwp callbacks remove 26552 26553"))
def remove_callbacks(
    ids: Annotated[list[int], typer.Argument(metavar="ID…", min=1)],
) -> None:
    """Remove callbacks by the ids that `list` shows."""
    with _registrar() as registrar:
        for entry_id in ids:
            registrar.remove(entry_id)
            typer.echo(f"{entry_id} removed")


def _known(entry: "CallbackEntry") -> str:
    if entry.is_inactive:
        return (
            f"is switched off as {entry.id}: `cwp callbacks remove {entry.id}`, then "
            "register again"
        )
    return f"is registered already as {entry.id}"


def _made(entry: "CallbackEntry | None") -> str:
    if entry is None:
        return "is registered already, says ConnectWise; `cwp callbacks list` shows it"
    return f"registered as {entry.id}"


def _types(text: str | None) -> list[str]:
    """The chosen kinds of records, or all that are read.

    Raises:
        typer.BadParameter: one is none of ConnectWise's.
    """
    from pipelines.connectwise.callbacks.types import LISTS

    if text is None:
        return list(LISTS)
    chosen = [kind.strip().lower() for kind in text.split(",") if kind.strip()]
    unknown = [kind for kind in chosen if kind not in LISTS]
    if unknown or not chosen:
        raise typer.BadParameter(
            f"choose among {', '.join(LISTS)}", param_hint="'--types'"
        )
    return list(dict.fromkeys(chosen))


def _target(url: str) -> str:
    """The address to register; ConnectWise writes the record's id behind it.

    Raises:
        typer.BadParameter: ConnectWise could not, or should not, deliver there.
    """
    from pipelines.connectwise.company_info import is_loopback

    parts = urlsplit(url)
    host = parts.hostname or ""
    safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))
    if not (host and safe) or "@" in parts.netloc or parts.fragment:
        raise typer.BadParameter(
            "give an address such as https://dw.example.com", param_hint="'--url'"
        )
    path = parts.path if parts.path.strip("/") else ROUTE
    query = parts.query if parts.query.endswith(RECORD) else RECORD
    return parts._replace(path=path, query=query).geturl()


@contextmanager
def _registrar() -> Iterator["CallbackRegistrar"]:
    from pipelines.cli.context import prepared_settings
    from pipelines.connectwise.callbacks.registrar import CallbackRegistrar
    from pipelines.ingest.preflight import credentials_of

    settings = prepared_settings()
    credentials, base_url = credentials_of(settings.tenant)
    with CallbackRegistrar(
        credentials, base_url, timeout_seconds=settings.sync.timeout_seconds
    ) as registrar:
        yield registrar
