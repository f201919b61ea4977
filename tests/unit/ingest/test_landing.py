"""Raw pages are kept as received, for as long as they are wanted."""

from datetime import UTC, datetime, timedelta

from pipelines.connectwise import Page
from pipelines.ingest.landing import Landing, read, sweep

DATE = datetime(2026, 3, 31, 21, tzinfo=UTC)


def page(content: bytes, *, date: datetime = DATE) -> Page:
    return Page(
        path="/service/tickets",
        number=3,
        content=content,
        server_date=date,
        request_id="r",
        row_count=1,
    )


def test_a_page_comes_back_byte_for_byte(tmp_path):
    content = '[{"id": 1, "summary": "é🖨️"}]'.encode() * 1000
    path = Landing(tmp_path, "run-1").keep("service_tickets", page(content))
    assert read(path) == content
    assert path.stat().st_size < len(content) / 10


def test_pages_of_two_parents_do_not_meet(tmp_path):
    landing = Landing(tmp_path, "run-1")
    one = landing.keep("board_statuses", page(b"[1]"), parent_id=1)
    two = landing.keep("board_statuses", page(b"[2]"), parent_id=2)
    assert (read(one), read(two)) == (b"[1]", b"[2]")


def test_only_days_beyond_the_retention_are_swept(tmp_path):
    landing = Landing(tmp_path, "run-1")
    old = landing.keep("members", page(b"[]", date=DATE - timedelta(days=31)))
    kept = landing.keep("members", page(b"[]", date=DATE - timedelta(days=30)))
    (tmp_path / "members" / "notes").mkdir()
    assert sweep(tmp_path, now=DATE, retention=timedelta(days=30)) == 1
    assert not old.exists()
    assert kept.exists()
