"""What every test may rely on: no credential, no setting of the person's own."""

import os

import pytest

WHOLE_RUNS = "test_run_"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole runs take longest and begin, so that no worker waits for one at the end."""
    items.sort(key=lambda item: not item.path.name.startswith(WHOLE_RUNS))


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the tenant and the settings of whoever runs the tests away."""
    for name in os.environ:
        if name.startswith(("CW_", "CWP_")):
            monkeypatch.delenv(name)
