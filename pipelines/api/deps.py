"""What routes ask for by type: the settings, and what the application shares."""

from typing import Annotated

from fastapi import Depends, HTTPException, Request

from pipelines.api.receiving import Receiver
from pipelines.settings import Settings


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


def _receiver(request: Request) -> Receiver:
    receiver: Receiver | None = request.app.state.receiver
    if receiver is None:
        raise HTTPException(404, "No tenant is set, so no callbacks are taken.")
    return receiver


SettingsDep = Annotated[Settings, Depends(_settings)]
ReceiverDep = Annotated[Receiver, Depends(_receiver)]
