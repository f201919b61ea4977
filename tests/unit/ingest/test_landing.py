"""Raw pages are kept as received, privately, for as long as they are wanted."""

from datetime import UTC, date, datetime, timedelta

import pytest

from pipelines.connectwise import Page
from pipelines.ingest.landing import (
    Landing,
    expire,
    expired_on,
    kept_loads,
    mark_loaded,
)

NOW = datetime(2026, 3, 31, 21, tzinfo=UTC)


def page(content: bytes, *, path: str = "/service/tickets", number: int = 3) -> Page:
    return Page(
        path=path,
        number=number,
        content=content,
        server_date=NOW,
        request_id="r",
        row_count=1,
    )


def landing(directory, load_id: str = "17.5", *, read_at: datetime = NOW) -> Landing:
    return Landing(
        directory=directory, load_id=load_id, run_id="run-1", read_at=read_at
    )


def test_a_page_comes_back_byte_for_byte_with_all_that_is_known_of_it(tmp_path):
    content = '[{"id": 1, "summary": "é🖨️"}]'.encode() * 1000
    landing(tmp_path).keep("service_tickets", page(content))
    (load,) = kept_loads(tmp_path)
    (kept,) = load.pages()
    assert load.read(kept) == page(content)
    assert (kept.run_id, kept.read_at, load.day) == ("run-1", NOW, NOW.date())
    assert kept.length < len(content) / 10


def test_pages_of_two_parents_do_not_meet(tmp_path):
    for parent in (1, 2):
        path = f"/service/boards/{parent}/statuses"
        told = page(b"[%d]" % parent, path=path)
        landing(tmp_path).keep("board_statuses", told, parent_id=parent)
    (load,) = kept_loads(tmp_path)
    found = {kept.parent_id: load.read(kept) for kept in load.pages()}
    assert {parent: one.content for parent, one in found.items()} == {
        1: b"[1]",
        2: b"[2]",
    }
    assert found[2].path == "/service/boards/2/statuses"


def test_nobody_else_on_the_machine_may_read_them(tmp_path):
    root = tmp_path / "landing"
    landing(root).keep("members", page(b"[]"))
    mark_loaded(root, "17.5")
    modes = {p: p.stat().st_mode & 0o777 for p in (root, *root.rglob("*"))}
    assert {mode for p, mode in modes.items() if p.is_dir()} == {0o700}
    assert {mode for p, mode in modes.items() if p.is_file()} == {0o600}


def test_loads_come_in_the_order_of_reading_whatever_their_ids(tmp_path):
    landing(tmp_path, "9", read_at=NOW).keep("members", page(b"[]"))
    earlier = NOW - timedelta(days=1)
    landing(tmp_path, "99", read_at=earlier).keep("members", page(b"[]"))
    mark_loaded(tmp_path, "9")
    loads = kept_loads(tmp_path)
    assert [(load.load_id, load.is_marked) for load in loads] == [
        ("99", False),
        ("9", True),
    ]


def test_only_days_beyond_the_retention_are_removed_and_that_is_noted(tmp_path):
    days = {"old": NOW - timedelta(days=31), "kept": NOW - timedelta(days=30)}
    for load_id, read_at in days.items():
        landing(tmp_path, load_id, read_at=read_at).keep("members", page(b"[]"))
    (tmp_path / "notes").mkdir()
    assert expired_on(tmp_path) is None
    assert expire(tmp_path, before=NOW - timedelta(days=30)) == 1
    assert [load.load_id for load in kept_loads(tmp_path)] == ["kept"]
    assert expired_on(tmp_path) == date(2026, 2, 28)
    assert (tmp_path / "notes").is_dir()


def test_a_page_whose_bytes_were_cut_is_an_error_not_a_shorter_page(tmp_path):
    landing(tmp_path).keep("members", page(b"[1]"))
    (load,) = kept_loads(tmp_path)
    (kept,) = load.pages()
    file = load.folder / "members.json.zst"
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(OSError, match="ends before page 3"):
        load.read(kept)


def test_a_line_that_a_kill_tore_does_not_count(tmp_path):
    for number in (1, 2):
        landing(tmp_path).keep("members", page(b"[1]", number=number))
    (load,) = kept_loads(tmp_path)
    index = load.folder / "pages.jsonl"
    index.write_bytes(index.read_bytes()[:-5])
    assert [kept.number for kept in load.pages()] == [1]
    index.write_bytes(b"{")
    assert kept_loads(tmp_path) == []
