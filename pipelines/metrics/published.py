"""Metrics of the published copy: its definitions, its clock, its answers.

The copy and the manifest beside it are of one run. Connections are read-only, may
reach no file but the copy, and cannot be told otherwise.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipelines.metrics.errors import MetricError
from pipelines.metrics.manifest import Manifest
from pipelines.metrics.questions import Compiled, Question, compile_question
from pipelines.metrics.user_file import Problem
from pipelines.metrics.users import with_users
from pipelines.settings import Settings
from pipelines.warehouse.answers import Answer, answer
from pipelines.warehouse.connection import Connection, attach, workspace
from pipelines.warehouse.versions import current_version

_CATALOG = "published"
_TODAY = """
select cast(timezone(coalesce(max(reporting_time_zone), 'UTC'), max(as_of)) as date)
from meta.as_of
"""


@dataclass(frozen=True, slots=True)
class Published:
    """One published version that can be asked.

    Attributes:
        manifest: built-in metrics, and those of the users' file that can be used.
        database: the copy itself.
        today: the reporting day of its clock.
        problems: what of the users' file cannot be used.
    """

    manifest: Manifest
    database: Path
    today: date
    problems: tuple[Problem, ...] = ()

    def compile(self, question: Question) -> Compiled:
        """The SQL that answers a question; see ``compile_question``.

        Raises:
            MetricError: as there; or the metric is one of the users' file that cannot
                be used, and the text says why.
        """
        self.check(question.metrics)
        return compile_question(self.manifest, question, today=self.today)

    def check(self, names: tuple[str, ...]) -> None:
        """No name is that of a users' metric that cannot be used.

        Raises:
            MetricError: one is.
        """
        for problem in self.problems:
            if problem.name in names and problem.name not in self.manifest.metrics:
                raise MetricError(problem.text)

    @contextmanager
    def answering(self, question: Question) -> Iterator[Answer]:
        """The rows of the answer, while the copy is open."""
        compiled = self.compile(question)
        with locked(self.database) as connection:
            yield answer(connection, compiled.sql)


def published(settings: Settings) -> Published:
    """The version that readers see now.

    Raises:
        MetricError: nothing is published, or the copy knows no metrics.
    """
    version = current_version(settings.warehouse.published_dir)
    if version is None:
        raise MetricError("Nothing is published yet; `cwp run` does it.")
    if not version.semantic_manifest.is_file():
        raise MetricError(
            "The published copy has no definitions of KPIs; `cwp run` publishes a new "
            "one."
        )
    manifest, problems = with_users(
        Manifest.read(version.semantic_manifest), settings.reporting.metrics_file
    )
    with locked(version.database) as connection:
        today = today_of(connection)
    return Published(manifest, version.database, today, problems)


def today_of(connection: Connection) -> date:
    """The reporting day of the warehouse's clock.

    Raises:
        MetricError: no sync has set it.
    """
    ((day,),) = connection.execute(_TODAY).fetchall()
    if day is None:
        raise MetricError("No sync is complete yet, so there is no day to report on.")
    found: date = day
    return found


@contextmanager
def locked(database: Path) -> Iterator[Connection]:
    """A connection that reads this file and nothing else.

    It is an instance of DuckDB of its own: the locks hold for a whole instance, and
    whoever else reads the file in this process must not meet them.
    """
    with workspace() as connection:
        attach(connection, database, _CATALOG)
        connection.execute(f"use {_CATALOG}")
        connection.execute("set enable_external_access = false")
        connection.execute("set lock_configuration = true")
        yield connection
