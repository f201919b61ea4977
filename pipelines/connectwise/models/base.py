"""What all records have in common: key, origin, and tolerance of the unknown.

``ApiObject`` is any JSON object of the API, ``Record`` one that a list endpoint
returns. Building the validators waits until a model is first used, so that reading
only the fields, as the registry does, stays cheap.
"""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

from pipelines.connectwise.models.scalars import Integer, Timestamp


def about(description: str, *, alias: str | None = None) -> Any:
    """An optional field that deserves a word in the reference pages."""
    return Field(default=None, alias=alias, description=description)


class ApiObject(BaseModel):
    """A JSON object of the API; keys that are not modelled stay in ``model_extra``."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        extra="allow",
        defer_build=True,
    )

    @classmethod
    def api_name(cls, attribute: str) -> str:
        """The exact API name behind an attribute."""
        return cls.model_fields[attribute].alias or to_camel(attribute)


class RecordInfo(ApiObject):
    """Where a record comes from.

    Some set-up tables send it empty. Links (``*_href``) are not modelled: they can be
    derived from the ids.
    """

    last_updated: Timestamp | None = about("When the record last changed, UTC.")
    updated_by: str | None = about("Identifier of the member who changed it last.")
    date_entered: Timestamp | None = about("When the record was created, UTC.")
    entered_by: str | None = about("Identifier of the member who created it.")


class Record(ApiObject):
    """One element of a list endpoint.

    Errors of ``model_validate_json`` are ``pydantic.ValidationError`` and name the
    field by its API path.
    """

    id: Annotated[Integer, Field(gt=0)]
    info: RecordInfo | None = Field(default=None, alias="_info")
