"""Recorded records are served as they are, however sparse."""

import json

import pytest

from pipelines.errors import SandboxError
from pipelines.sandbox.process import serving
from pipelines.sandbox.recorded import load_recorded
from pipelines.sandbox.store import Store
from tests.support.sandbox import client_of

TICKET = {
    "id": 493,
    "summary": "Sparse \x7f \x00 text",
    "board": {"id": 1, "_info": {"board_href": "https://else.where//service/boards/1"}},
    "unknownToAnyContract": {"a": [1, 2.5, None]},
    "_info": {"lastUpdated": "2022-07-02T04:20:41Z"},
}
NOTES = [{"id": 9, "text": "one", "_info": {}}, {"text": "no id"}]


@pytest.fixture
def client(tmp_path):
    files = {
        "service__tickets.json": [TICKET],
        "project__projects__3899__notes.json": NOTES,
        "service__SLAs.json": [],
    }
    folder = tmp_path / "recorded"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    load_recorded(folder, tmp_path / "world.sqlite")
    with (
        Store(tmp_path / "world.sqlite") as store,
        serving(store) as endpoint,
        client_of(endpoint) as client,
    ):
        yield client


def test_records_are_json_equal(client):
    assert client.get("/service/tickets").json() == [TICKET]
    assert client.get("/service/tickets/493").json() == TICKET
    window = "/service/tickets?conditions=lastUpdated<[2022-07-03T00:00:00Z]"
    assert client.get(window).json() == [TICKET]


def test_children_are_found_without_their_parent(client):
    forward = {"pagination-type": "forward-only"}
    answer = client.get("/project/projects/3899/notes", headers=forward)
    assert answer.json() == NOTES


def test_paths_without_a_file_are_empty(client):
    for path in ("/time/entries", "/service/slas", "/project/projects/5/notes"):
        assert client.get(path).json() == []
        assert client.get(f"{path}/count").json() == {"count": 0}


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("service__nothing.json", "[]", "not named after a list"),
        ("service__tickets__count.json", "[]", "not named after a list"),
        ("service__tickets.json", "{}", "not a JSON array"),
        ("service__tickets.json", "[", "not a JSON array"),
        ("service__tickets.json", '[{"id": 1}, {"id": 1}]', "one id"),
    ],
)
def test_what_cannot_be_served_is_named(tmp_path, name, content, words):
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(SandboxError, match=words):
        load_recorded(tmp_path, tmp_path / "world.sqlite")


def test_a_missing_folder_is_an_error(tmp_path):
    with pytest.raises(SandboxError, match="no folder"):
        load_recorded(tmp_path / "none", tmp_path / "world.sqlite")
