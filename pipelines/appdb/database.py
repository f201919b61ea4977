"""Opens the application database and makes the tables that it lacks.

Several processes use it at once: the API, Dagster's daemon, runs. A SQLite file lets
readers go on while one of them writes, and a writer waits for a moment only.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.schema import CreateIndex, CreateTable

from pipelines.appdb.tables import METADATA
from pipelines.errors import AppDatabaseError
from pipelines.settings import Settings

# Webhooks are answered within a second: so long a message waits for other threads of
# its process, and so long for other processes.
_LINE_SECONDS = 0.35
_BUSY_SECONDS = 0.2


class AppDatabase:
    """One pool of connections; safe between threads. Close it."""

    def __init__(self, url: sa.URL) -> None:
        self.engine = sa.create_engine(url, **_arguments(url))
        if url.get_backend_name() == "sqlite":
            sa.event.listen(self.engine, "connect", _with_manners)

    def prepare(self) -> None:
        """Make missing tables; what is there stays.

        Raises:
            AppDatabaseError: the database cannot be used.
        """
        with usable(self.engine.url), self.engine.begin() as connection:
            for table in METADATA.sorted_tables:
                # Two processes may begin at once, so the database itself looks.
                connection.execute(CreateTable(table, if_not_exists=True))
                for index in table.indexes:
                    connection.execute(CreateIndex(index, if_not_exists=True))

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


@contextmanager
def opened(settings: Settings) -> Iterator[AppDatabase]:
    """The application database of ``settings``, with all its tables.

    Raises:
        AppDatabaseError: the URL is not usable, or the database does not answer.
    """
    database = AppDatabase(_url(settings))
    try:
        database.prepare()
        yield database
    finally:
        database.close()


@contextmanager
def usable(url: sa.URL) -> Iterator[None]:
    """Turn the library's errors into ours, without the password.

    Raises:
        AppDatabaseError: the database cannot be used.
    """
    try:
        yield
    except SQLAlchemyError as error:
        raise AppDatabaseError(
            f"The application database {url.render_as_string()} cannot be used "
            f"({type(error).__name__}): check CWP_APPDB__URL, or that the database "
            "answers."
        ) from None


def _url(settings: Settings) -> sa.URL:
    given = settings.appdb.url
    if given is None:
        file = settings.warehouse.app_database_file
        file.parent.mkdir(parents=True, exist_ok=True)
        return sa.URL.create("sqlite", database=str(file))
    try:
        url = sa.make_url(given.get_secret_value())
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise AppDatabaseError(
            "CWP_APPDB__URL is no address of a database that is known here: write it "
            "like postgresql://user:password@host/name."
        ) from None
    return url


def _arguments(url: sa.URL) -> dict[str, Any]:
    if url.get_backend_name() == "sqlite":
        # One connection: threads wait for each other in line, not for the file.
        return {
            "connect_args": {"timeout": _BUSY_SECONDS},
            "poolclass": sa.QueuePool,
            "pool_size": 1,
            "max_overflow": 0,
            "pool_timeout": _LINE_SECONDS,
        }
    return {"pool_pre_ping": True}


def _with_manners(connection: Any, _record: Any) -> None:
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = normal")
