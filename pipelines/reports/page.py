"""What every report page states about itself, whatever it shows.

The footer's facts only; a report's own figures are in its own module.
"""

from dataclasses import dataclass
from datetime import datetime

from pipelines.reports.formats import Formats


@dataclass(frozen=True, slots=True)
class Facts:
    """Where figures come from.

    Attributes:
        as_of: the instant they describe; None if nothing was ever read completely.
        formats: the reader's locale and the zone of reporting days.
        not_listed: records that the report's filter leaves out.
        source: file name of the published version.
        version: of this program.
        history_since: what is older is still being loaded; None once all is there.
    """

    as_of: datetime | None
    formats: Formats
    not_listed: int
    source: str
    version: str
    history_since: datetime | None = None
