"""A full disk is recognised however deep a library has buried it."""

import errno

import pytest

from pipelines.errors import DiskFullError
from pipelines.warehouse.disk import disk_full


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_the_operating_systems_numbers(number):
    assert isinstance(
        disk_full(OSError(number, "whatever it is called")), DiskFullError
    )


@pytest.mark.parametrize(
    "text",
    [
        'IO Error: Could not write file "x.duckdb.wal": File too large',
        "IO Error: Could not write file: No space left on device",
        "database or disk is full",
        "(sqlite3.OperationalError) disk I/O error",
    ],
)
def test_what_databases_say_of_it(text):
    assert disk_full(RuntimeError(text))


def test_a_cause_below_others():
    failed = RuntimeError("the load failed")
    failed.__cause__ = OSError(errno.ENOSPC, "No space left on device")
    found = disk_full(failed)
    assert found
    assert "free some space" in str(found)


@pytest.mark.parametrize("error", [None, ValueError("too large"), OSError(13, "no")])
def test_anything_else_is_something_else(error):
    assert disk_full(error) is None
