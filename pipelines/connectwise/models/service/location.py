"""Where work is done: on site, remote or in house."""

from typing import Annotated

from pipelines.connectwise.models.base import Record, about
from pipelines.connectwise.models.scalars import Boolean, KnownValues

Place = Annotated[str, KnownValues("OnSite", "Remote", "InHouse")]


class ServiceLocation(Record):
    """One service location."""

    name: str | None = None
    where: Place | None = about("The vendor's three places behind the names.")
    default_flag: Boolean | None = None
