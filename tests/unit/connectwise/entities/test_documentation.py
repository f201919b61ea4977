"""The reference pages say what the registry says."""

from pathlib import Path

from pipelines.connectwise.entities import ENTITIES
from pipelines.connectwise.entities.documentation import (
    render_pages,
    stale_pages,
    write_pages,
)


def test_the_pages_in_the_repository_are_current() -> None:
    assert stale_pages() == ()


def test_there_is_a_page_per_entity_and_an_index_that_links_them() -> None:
    pages = render_pages()
    assert set(pages) == {"index.md", *(f"{name}.md" for name in ENTITIES)}
    for name, entity in ENTITIES.items():
        assert f"[{entity.title}]({name}.md)" in pages["index.md"]


def test_the_index_is_grouped_by_section() -> None:
    index = render_pages()["index.md"]
    finance = index.split("## Finance\n")[1].split("\n## ")[0]
    listed = {name for name in ENTITIES if f"]({name}.md)" in finance}
    assert listed == {n for n, each in ENTITIES.items() if each.section == "finance"}


def test_a_page_names_types_units_values_and_child_tables() -> None:
    page = render_pages()["service_tickets.md"]
    assert "| `status__sort` | BIGINT | `status.Sort` | Place on the board. |" in page
    assert "| `closed_date` | TIMESTAMPTZ | `closedDate` |" in page
    assert "SLA target for the first response. Unit: hours." in page
    assert "Known values: `Low`, `Medium`, `High`." in page
    assert "## Child table `service_tickets__custom_fields`" in page


def test_a_page_names_the_parent_and_how_to_read() -> None:
    page = render_pages()["board_statuses.md"]
    assert "| Parent | [boards](boards.md) |" in page
    assert "| Read | changes since `lastUpdated`, one call per parent |" in page


def test_missing_edited_and_surplus_pages_are_stale(tmp_path: Path) -> None:
    write_pages(tmp_path)
    assert stale_pages(tmp_path) == ()
    (tmp_path / "boards.md").unlink()
    (tmp_path / "slas.md").write_text("edited by hand")
    (tmp_path / "gone.md").write_text("an entity that is no more")
    assert stale_pages(tmp_path) == ("boards.md", "gone.md", "slas.md")


def test_writing_repairs_the_folder(tmp_path: Path) -> None:
    (tmp_path / "gone.md").write_text("an entity that is no more")
    write_pages(tmp_path)
    assert stale_pages(tmp_path) == ()
