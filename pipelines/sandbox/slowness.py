"""How long a page takes where the sandbox is told to be slow.

ConnectWise slows down with the page number, with the page's size and with the number
of rows that a filter lets through; this is one plain line through that.
"""

_UNIT_OF_ROWS = 100_000


def page_seconds(
    *, page: int, page_size: int, matching_rows: int, slowness: float
) -> float:
    """Seconds that a page takes.

    Args:
        page: its number; in forward-only paging always 1.
        page_size: rows on a page.
        matching_rows: rows that fulfil the conditions, on all pages.
        slowness: seconds for each 100,000 rows passed.
    """
    return slowness * (page * page_size + matching_rows) / _UNIT_OF_ROWS
