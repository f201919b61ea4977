"""Compare with a file in ``tests/golden``; RENEW_GOLDEN=1 writes it anew."""

import os
from pathlib import Path

GOLDEN = Path(__file__).parents[1] / "golden"


def assert_golden(name: str, content: bytes) -> None:
    """The bytes equal those of ``tests/golden/<name>``."""
    path = GOLDEN / name
    if os.environ.get("RENEW_GOLDEN") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    assert content.decode() == path.read_bytes().decode(), (
        f"{path} differs; if the change is meant, renew it with RENEW_GOLDEN=1 "
        "and look at the difference"
    )
