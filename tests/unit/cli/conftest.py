"""Nothing that a verb does may outlive its test."""

import logging
import os
from collections.abc import Iterator

import pytest
import structlog


@pytest.fixture(autouse=True)
def leave_no_trace() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level, environment = root.handlers, root.level, dict(os.environ)
    yield
    root.handlers, root.level = handlers, level
    os.environ.clear()
    os.environ.update(environment)
    structlog.reset_defaults()
