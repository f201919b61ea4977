"""Builds the application: its routes, and what they share while it runs.

Nothing is opened before the server starts, and all of it is closed when it ends. No
route shows a stack trace, and the API describes itself to nobody.
"""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from fastapi import FastAPI

from pipelines.api.receiving import receiver_of
from pipelines.api.routers import callbacks, health
from pipelines.appdb.database import opened
from pipelines.settings import Settings


def create_app(settings: Settings) -> FastAPI:
    """The API of one warehouse."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            database = stack.enter_context(opened(settings))
            app.state.receiver = stack.enter_context(receiver_of(settings, database))
            yield

    app = FastAPI(
        title="ConnectWise pipelines",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
    )
    app.state.settings = settings
    app.include_router(health.router)
    app.include_router(callbacks.router)
    return app
