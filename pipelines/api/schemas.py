"""The shapes of the API's own answers."""

from typing import Literal

from pydantic import BaseModel


class Health(BaseModel):
    """Whether the process answers, and whether it can read the published copy."""

    status: Literal["ok"]
    published: Literal["readable", "absent", "unreadable"]
