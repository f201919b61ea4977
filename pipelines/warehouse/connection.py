"""One way to open a DuckDB file, with errors that a person can act on.

Every connection is UTC, installs no extension from the network, and is read-only
unless asked otherwise. Which file is meant, and what is asked of it, is the
caller's business.
"""

import re
from pathlib import Path
from typing import Final

import duckdb

from pipelines.errors import WarehouseBusyError, WarehouseError

Connection = duckdb.DuckDBPyConnection

_HOLDER: Final = re.compile(r"lock is held in (?P<program>.+?) \(PID (?P<pid>\d+)\)")
_LOCKED: Final = ("could not set lock", "being used by another process")
_OPEN_HERE: Final = ("different configuration", "is already attached by")
_MISSING: Final = ("does not exist", "no such file")


def connect(path: Path, *, read_only: bool = True) -> Connection:
    """Open one DuckDB file; use it as a context manager to close it.

    Links are followed first: within one process DuckDB hands out the instance it
    already has for a *name*, so a second connection to a swapped link would still
    see the old copy.

    Args:
        path: the file, or a link to it such as ``current.duckdb``.
        read_only: False creates a missing file; its folder must exist. Where this
            process writes the file already, it is read through what is open.

    Raises:
        WarehouseBusyError: another process holds it, or this one for reading only.
        WarehouseError: the file is missing, unreadable or not a DuckDB database.
    """
    target = path.resolve()
    try:
        return _open(path, target, read_only=read_only)
    except WarehouseError:
        if path.resolve() == target:
            raise
        return connect(path, read_only=read_only)  # The link was swapped meanwhile.


def create(path: Path) -> None:
    """Make an empty database, whole or not at all, in a folder that exists.

    DuckDB writes a new file in several steps; a process that is killed between them
    would leave one that nothing can open.
    """
    part = path.with_name(f"{path.name}.new")
    part.unlink(missing_ok=True)
    connect(part, read_only=False).close()
    part.replace(path)


def workspace() -> Connection:
    """A database in memory with the same manners, for copying between files."""
    return _with_manners(duckdb.connect(":memory:"))


def attach(
    connection: Connection,
    path: Path,
    alias: str,
    *,
    read_only: bool = True,
) -> None:
    """Open one more file in a connection, as ``alias`` (a plain identifier).

    Raises:
        WarehouseBusyError: another process holds the file.
        WarehouseError: the file is missing, unreadable or not a DuckDB database.
    """
    target = path.resolve()
    if read_only and not target.is_file():
        raise WarehouseError(_missing(path))
    mode = "read_only" if read_only else "read_write"
    literal = str(target).replace("'", "''")
    try:
        connection.execute(f"attach '{literal}' as {alias} ({mode})")
    except duckdb.Error as error:
        raise explain(path, error) from error


def explain(path: Path, error: duckdb.Error) -> WarehouseError:
    """Turn what DuckDB says about a file into one sentence with a remedy."""
    message = str(error)
    lowered = message.lower()
    if any(sign in lowered for sign in _LOCKED):
        return WarehouseBusyError(_busy(path, message))
    if _is_open_here(error):
        return WarehouseBusyError(
            f"{path} is already open in this process; close that connection first."
        )
    if any(sign in lowered for sign in _MISSING):
        return WarehouseError(_missing(path))
    reason = message.removeprefix("IO Error: ").splitlines()[0].rstrip("!.")
    return WarehouseError(
        f"{path} cannot be opened as a DuckDB database ({reason}); move it away and "
        "run `cwp run` to build it anew."
    )


def held(path: Path, error: BaseException) -> WarehouseBusyError | None:
    """What a library's error means if its cause is that somebody holds ``path``."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, duckdb.Error):
            explained = explain(path, cause)
            return explained if isinstance(explained, WarehouseBusyError) else None
        cause = cause.__cause__ or cause.__context__
    return None


def _open(path: Path, target: Path, *, read_only: bool) -> Connection:
    if read_only and not target.is_file():
        raise WarehouseError(_missing(path))
    try:
        try:
            return _with_manners(duckdb.connect(str(target), read_only=read_only))
        except duckdb.ConnectionException as error:
            if not (read_only and _is_open_here(error)):
                raise
        # This process is writing it; opening a file anew costs a look at all tables.
        return _with_manners(duckdb.connect(str(target)))
    except duckdb.Error as error:
        raise explain(path, error) from error


def _is_open_here(error: duckdb.Error) -> bool:
    return any(sign in str(error).lower() for sign in _OPEN_HERE)


def _with_manners(
    connection: Connection,
) -> Connection:
    connection.execute("set autoinstall_known_extensions = false")
    connection.execute("set timezone = 'UTC'")
    return connection


def _busy(path: Path, message: str) -> str:
    holder = _HOLDER.search(message)
    who = (
        f"process {holder['pid']} ({Path(holder['program']).name})"
        if holder
        else "another process"
    )
    return (
        f"The warehouse file {path} is held by {who}; wait until it has finished or "
        "close it, and open published/current.duckdb for reading."
    )


def _missing(path: Path) -> str:
    return f"There is no warehouse file {path} yet; `cwp run` makes it."
