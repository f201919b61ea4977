"""What every test may rely on: no credential, no setting of the person's own."""

import os

import pytest


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the tenant and the settings of whoever runs the tests away."""
    for name in os.environ:
        if name.startswith(("CW_", "CWP_")):
            monkeypatch.delenv(name)
