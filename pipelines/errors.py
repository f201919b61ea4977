"""The root exception and the tree below it.

Every error that a user may meet derives from ``PipelinesError``. Its text is one
sentence that says what went wrong and what to do; the command line prints that
sentence and no stack trace.

    PipelinesError
    ├── SettingsError            a setting is missing or malformed
    ├── WarehouseError
    │   ├── WarehouseBusyError   another process holds the file
    │   ├── DiskFullError        nothing more can be written
    │   ├── PublishError         a candidate could not be published
    │   └── BackupError          a backup could not be made or brought back
    ├── IngestError              extraction or load cannot go on
    ├── TransformError           dbt could not parse or build
    ├── CheckFailedError         a blocking check failed
    ├── ReportError              a report could not be made
    ├── DocumentationError       a generated page is stale
    ├── SandboxError             the sandbox could not start or load its data
    ├── AppDatabaseError         the application database cannot be used
    ├── CallbackError            ``pipelines.connectwise.errors`` draws its branch
    └── ConnectWiseError         ``pipelines.connectwise.errors`` draws its branch
"""


class PipelinesError(Exception):
    """Root of all errors meant for people; ``str()`` is one clear sentence."""


class SettingsError(PipelinesError):
    """A setting is missing or malformed."""


class WarehouseError(PipelinesError):
    """The warehouse cannot be read or written."""


class WarehouseBusyError(WarehouseError):
    """Another process holds the warehouse file."""


class DiskFullError(WarehouseError):
    """Nothing more can be written to the disk."""


class PublishError(WarehouseError):
    """A candidate could not be published."""


class BackupError(WarehouseError):
    """A backup could not be made or brought back."""


class IngestError(PipelinesError):
    """Extraction or load cannot go on."""


class TransformError(PipelinesError):
    """dbt could not parse or build the project."""


class CheckFailedError(PipelinesError):
    """A blocking check failed; the last published copy stays."""


class ReportError(PipelinesError):
    """A report could not be made."""


class DocumentationError(PipelinesError):
    """A generated page does not say what the code says."""


class SandboxError(PipelinesError):
    """The sandbox could not start or load its data."""


class AppDatabaseError(PipelinesError):
    """The application database cannot be used."""
