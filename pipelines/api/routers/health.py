"""``GET /healthz``: for whatever watches the process. Says nothing that is secret."""

from typing import Literal

from fastapi import APIRouter

from pipelines.api.deps import SettingsDep
from pipelines.api.schemas import Health
from pipelines.errors import WarehouseError
from pipelines.settings import Settings
from pipelines.warehouse.connection import connect

router = APIRouter()


@router.get("/healthz")
def healthz(settings: SettingsDep) -> Health:
    """200 as long as the process answers; the published copy is told apart."""
    return Health(status="ok", published=_published(settings))


def _published(settings: Settings) -> Literal["readable", "absent", "unreadable"]:
    if not settings.warehouse.published_file.exists():
        return "absent"
    try:
        with connect(settings.warehouse.published_file) as connection:
            connection.execute("select 1")
    except WarehouseError:
        return "unreadable"
    return "readable"
