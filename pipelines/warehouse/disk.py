"""A full disk, recognised in whatever a library has made of it.

The operating system says it with an error number; DuckDB and dlt hand on the text
only, several exceptions deep. Whoever catches a library's error asks here whether
that was the cause.
"""

import errno

from pipelines.errors import DiskFullError

_NUMBERS = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_TEXTS = (
    "no space left on device",
    "file too large",
    "disk quota exceeded",
    "database or disk is full",
    "disk i/o error",
)


def disk_full(error: BaseException | None) -> DiskFullError | None:
    """What a person needs to know if ``error`` goes back to a full disk."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if _says_full(error):
            return DiskFullError(
                "Nothing more can be written, most likely because the disk is full: "
                "free some space, or move the warehouse with CWP_WAREHOUSE__DIR, and "
                "run the command again. What was loaded before is kept."
            )
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return None


def _says_full(error: BaseException) -> bool:
    if isinstance(error, OSError) and error.errno in _NUMBERS:
        return True
    text = str(error).lower()
    return any(said in text for said in _TEXTS)
